import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Environment } from '../core/config/environment.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import { closed } from '../core/schema/closed.ts';

const BusFile = closed({ url: Type.String(), user: Type.String(), password: Type.String() });
type BusFile = Static<typeof BusFile>;
const validator = Compile(BusFile);

const busFile = (dataFolder: string): string => path.join(dataFolder, 'run', 'bus.json');

/** Where a running `up` leaves its bus's address for the other verbs of the same machine; its owner's eyes only. */
export const saveBusAddress = async (dataFolder: string, address: BusFile): Promise<void> => {
  await mkdir(path.dirname(busFile(dataFolder)), { recursive: true, mode: 0o700 });
  await rm(busFile(dataFolder), { force: true }); // an existing file would keep its mode
  await writeFile(busFile(dataFolder), JSON.stringify(address), { mode: 0o600 });
};

/** The bus is gone; what would be found there is no longer true. */
export const forgetBusAddress = (dataFolder: string): Promise<void> =>
  rm(busFile(dataFolder), { force: true });

/** The bus from `XUELIANG_NATS_URL`, else from the site that runs in the data folder. Throws `site-not-running`. */
export const findBusAddress = async (
  environment: Environment,
): Promise<{ url: string; user?: string | undefined; password?: string | undefined }> => {
  if (environment.natsUrl !== undefined) {
    return { url: environment.natsUrl, user: environment.natsUser, password: environment.natsPassword };
  }
  const text = await readFile(busFile(environment.dataFolder), 'utf8').catch(() => undefined);
  const value = parseJson(text ?? '');
  if (validator.Check(value)) return value;
  throw runtimeError(
    'site-not-running',
    `no site runs in '${environment.dataFolder}': start it with xueliang up, or set XUELIANG_DATA or XUELIANG_NATS_URL`,
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // torn by a crash: as if it were not there
  }
};
