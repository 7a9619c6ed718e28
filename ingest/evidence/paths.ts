import { join } from 'node:path';
import { decodeTime } from 'ulid';
import type { EvidenceName } from '../../core/evidence.ts';
import { mediums } from '../../core/schema/mediums.ts';
import { ulidPattern } from '../../core/schema/ulid.ts';
import { evidenceError } from './errors.ts';

const fileNames: ReadonlyMap<string, string> = new Map([
  ['snapshot', 'snapshot.jpg'],
  ['clip', 'clip.mp4'],
]);

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['snapshot', 'image/jpeg'],
  ['clip', 'video/mp4'],
]);

/** A file of this name beside an alert's evidence keeps it from being deleted. */
export const protectionFileName = 'protected';

/** What an unfinished write looks like; one that a killed process left behind is recognised by it. */
export const partialFilePattern =
  /^\.(snapshot\.jpg|clip\.mp4|picture-[0-9a-f]{64}\.jpg)\.[0-9a-f-]{36}\.part$/;

export const isAlertId = (text: string): boolean => ulidPattern.test(text);

const checkedAlertId = (alertId: string): string => {
  if (isAlertId(alertId)) return alertId;
  throw evidenceError('alert-id-invalid', `evidence is kept by ULID, got '${String(alertId).slice(0, 64)}'`);
};

const picturePattern = /^picture-[0-9a-f]{64}$/;
const pictureFilePattern = /^(picture-[0-9a-f]{64})\.jpg$/;

const lookUp = (names: ReadonlyMap<string, string>, name: EvidenceName, ofPicture: string): string => {
  const found = names.get(name) ?? (picturePattern.test(name) ? ofPicture : undefined);
  if (found !== undefined) return found;
  const shown = String(name).slice(0, 80);
  throw evidenceError(
    'medium-unknown',
    `medium must be one of ${mediums.join(', ')} or a picture, got '${shown}'`,
  );
};

/** When the alert was raised, as its id says: milliseconds since 1970-01-01 UTC. */
export const raisedAtOf = (alertId: string): number => decodeTime(checkedAlertId(alertId));

/** `YYYY/MM/DD` of an instant in UTC, as path segments. */
export const dayFolderOf = (instant: number): string => {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  return join(year, two(date.getUTCMonth() + 1), two(date.getUTCDate()));
};

/** The folder of one alert's evidence. It follows from the id alone, and only a valid id makes a path. */
export const alertFolderOf = (folder: string, alertId: string): string =>
  join(folder, dayFolderOf(raisedAtOf(alertId)), alertId);

export const fileNameOf = (name: EvidenceName): string => lookUp(fileNames, name, `${name}.jpg`);

export const contentTypeOf = (name: EvidenceName): string => lookUp(contentTypes, name, 'image/jpeg');

export const evidencePathOf = (folder: string, alertId: string, name: EvidenceName): string =>
  join(alertFolderOf(folder, alertId), fileNameOf(name));

/** The pictures from the spot among the names in an alert's folder. */
export const picturesAmong = (fileNames: readonly string[]): EvidenceName[] =>
  fileNames.flatMap((fileName) => {
    const [, name] = pictureFilePattern.exec(fileName) ?? [];
    return name === undefined ? [] : [name as EvidenceName];
  });
