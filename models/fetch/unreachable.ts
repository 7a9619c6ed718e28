import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Clock } from '../../core/runtime/clock.ts';
import { modelFolder, temporaryPath } from './store.ts';

/** How long an upstream that was not reached is left alone, so that a second start does not wait for it again. */
export const rememberMs = 6 * 60 * 60 * 1000;

const Failures = Type.Record(Type.String(), Type.Object({ at: Type.Integer(), reason: Type.String() }));

export interface UnreachableOptions {
  cacheFolder: string;
  clock: Clock;
}

const fileOf = (cacheFolder: string): string => path.join(modelFolder(cacheFolder), 'unreachable.json');

/** Why an address was not reached lately, or undefined when it may be tried. */
export const recallUnreachable = async (
  url: string,
  { cacheFolder, clock }: UnreachableOptions,
): Promise<string | undefined> => {
  const failure = (await readFailures(cacheFolder)).get(url);
  const ageMs = failure ? clock.now() - failure.at : Number.POSITIVE_INFINITY;
  // A negative age means that somebody set the clock back: better to try once too often.
  return failure && ageMs >= 0 && ageMs < rememberMs ? failure.reason : undefined;
};

/** Remembers why an address was not reached; no reason when it was. */
export const rememberUnreachable = async (
  url: string,
  reason: string | undefined,
  { cacheFolder, clock }: UnreachableOptions,
): Promise<void> => {
  const failures = await readFailures(cacheFolder);
  if (reason === undefined && !failures.has(url)) return;
  if (reason === undefined) failures.delete(url);
  else failures.set(url, { at: clock.now(), reason });
  await mkdir(modelFolder(cacheFolder), { recursive: true });
  const temporary = await temporaryPath(cacheFolder, clock);
  await writeFile(temporary, JSON.stringify(Object.fromEntries(failures)));
  await rename(temporary, fileOf(cacheFolder));
};

const readFailures = async (cacheFolder: string): Promise<Map<string, { at: number; reason: string }>> => {
  try {
    const content: unknown = JSON.parse(await readFile(fileOf(cacheFolder), 'utf8'));
    return new Map(Value.Check(Failures, content) ? Object.entries(content) : []);
  } catch {
    // Not there, or half written by another program: nothing is remembered.
    return new Map();
  }
};
