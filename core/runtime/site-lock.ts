import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { runtimeError } from './errors.ts';

/** Held while a site runs; backup, restore and a second `up` look at it. */
export interface SiteLock {
  release(): Promise<void>;
}

/** Takes `<dataFolder>/up.pid` for this process. Throws `site-running` when another living process has it. */
export const takeSiteLock = async (dataFolder: string, pid: number): Promise<SiteLock> => {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const file = path.join(dataFolder, 'up.pid');
  const holder = await lockHolder(dataFolder);
  if (holder !== undefined && holder !== pid) {
    throw runtimeError(
      'site-running',
      `the site in '${dataFolder}' is already run by process ${holder}; stop it first`,
      {
        pid: holder,
      },
    );
  }
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(`${pid}\n`);
  await handle.close();
  return { release: () => rm(file, { force: true }) };
};

/** What the command line of a process of ours holds; a number left over from a crash may be anybody's by now. */
const ourCommand = /main\.(js|ts)|xueliang/;

/** The process that runs the site, when it is alive. */
export const lockHolder = async (dataFolder: string): Promise<number | undefined> => {
  const text = await readFile(path.join(dataFolder, 'up.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return ourCommand.test(command) ? pid : undefined;
};
