import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { demoError } from './errors.ts';

const run = promisify(execFile);

const debianPackage = 'opencv-doc';
const pathInPackage = 'usr/share/doc/opencv-doc/examples/data/vtest.avi';

/** vtest.avi as Debian 12's opencv-doc carries it: 768×576, 10 fps, 795 pictures. */
const sourceSha256 = '45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf';

/**
 * Gives the footage's path inside `cacheFolder`, after fetching it there from Debian's opencv-doc when it is missing
 * (an installed package is used first; else 95 MB are downloaded, unpacked beside it and removed again).
 * `tell` is called with what is being done before each slow step. Rejects with the signal's reason when aborted.
 */
export const loadFootageSource = async (
  cacheFolder: string,
  tell: (what: string) => void,
  signal?: AbortSignal,
): Promise<string> => {
  const file = path.join(cacheFolder, 'vtest.avi');
  if (await isSource(file)) return file;
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(path.join(cacheFolder, 'fetch-'));
  try {
    const installed = path.join('/', pathInPackage);
    const found = (await isSource(installed)) ? installed : await unpackFromDebian(work, tell, signal);
    if (!(await isSource(found))) {
      throw demoError(
        'footage-source-altered',
        `the footage ${found} is not the one the clips are cut for: its sha256 is not ${sourceSha256}; use Debian 12's ${debianPackage}`,
      );
    }
    const copy = path.join(work, 'copy.avi');
    await copyFile(found, copy);
    await rename(copy, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return file;
};

const unpackFromDebian = async (
  work: string,
  tell: (what: string) => void,
  signal: AbortSignal | undefined,
): Promise<string> => {
  const options = { cwd: work, ...(signal ? { signal } : {}) };
  try {
    tell(`downloading Debian's ${debianPackage} (95 MB) for its real footage`);
    await run('apt-get', ['download', debianPackage], options);
    const archive = (await readdir(work)).find((name) => name.endsWith('.deb')) ?? '';
    tell(`unpacking ${archive}`);
    await run('dpkg', ['-x', archive, 'unpacked'], options);
  } catch (cause) {
    signal?.throwIfAborted();
    throw demoError(
      'footage-source-missing',
      `cannot fetch the footage from Debian's package '${debianPackage}'; run 'apt-get update' and try again, or put its vtest.avi into ${path.dirname(work)}`,
      { cause },
    );
  }
  return path.join(work, 'unpacked', pathInPackage);
};

const isSource = async (file: string): Promise<boolean> => {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sourceSha256;
};
