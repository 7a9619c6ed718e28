import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The version in the nearest `package.json` above this file: the same for sources and build. */
export const programVersion = async (folder = import.meta.dirname): Promise<string> => {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (text !== undefined) return String((JSON.parse(text) as { version?: unknown }).version ?? 'unknown');
  const above = path.dirname(folder);
  return above === folder ? 'unknown' : programVersion(above);
};
