import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const isPortsFile = (name: string): boolean => /^nats-server_\d+\.ports$/.test(name);

/** The client address that a server with this pid wrote, once it listens; undefined before. */
export const readPortsFile = async (folder: string, pid: number): Promise<string | undefined> => {
  const text = await readFile(join(folder, `nats-server_${pid}.ports`), 'utf8').catch(() => '');
  return parsePorts(text);
};

/** The file is not written in one piece: what does not parse yet will soon. */
export const parsePorts = (text: string): string | undefined => {
  try {
    const ports: unknown = JSON.parse(text);
    const urls = typeof ports === 'object' && ports !== null && 'nats' in ports ? ports.nats : undefined;
    const url: unknown = Array.isArray(urls) ? urls[0] : undefined;
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
};

/** A killed server leaves its file, and a later one may get the same pid. */
export const removePortsFiles = async (folder: string): Promise<void> => {
  const names = await readdir(folder);
  await Promise.all(names.filter(isPortsFile).map((name) => rm(join(folder, name), { force: true })));
};
