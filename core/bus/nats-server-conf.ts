import { chmod, copyFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FeedAccount, siteAccount, toAccountsConf } from './nats-accounts.ts';

/** Copies the configuration to where the accounts are written beside it, and answers where it lies. */
export const writeServerConf = async (
  confPath: string,
  runFolder: string,
  subscribers: readonly FeedAccount[],
): Promise<string> => {
  const copy = join(runFolder, 'nats-server.conf');
  await copyFile(confPath, copy);
  await chmod(copy, 0o600); // what was copied may be read-only, and is copied anew at the next start
  const accounts = join(runFolder, 'accounts.conf');
  await rm(accounts, { force: true }); // an existing file would keep its mode
  await writeFile(accounts, toAccountsConf(subscribers), { mode: 0o600 });
  return copy;
};

/** Sites that began before subscribers had accounts keep their streams in the server's global account. */
export const moveToSiteAccount = async (dataFolder: string): Promise<void> => {
  const [before, after] = ['$G', siteAccount].map((account) => join(dataFolder, 'jetstream', account));
  if (before === undefined || after === undefined || !(await isThere(before)) || (await isThere(after)))
    return;
  await rename(before, after);
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
