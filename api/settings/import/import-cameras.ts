import { isDeepStrictEqual } from 'node:util';
import type { FastifyRequest } from 'fastify';
import type { Camera } from '../../../core/schema/camera.ts';
import { isWithin } from '../../auth/principal.ts';
import { apiError } from '../../errors.ts';
import { principalOf, type RouteDeps } from '../../routes/route-deps.ts';
import { describeChange } from '../change-setting.ts';
import { toSite } from '../change-site.ts';
import { unveilResource } from '../veil-addresses.ts';
import { type CheckedRow, checkRows, type RowProblem } from './check-rows.ts';
import { maxRows, readCsvRows, readYamlRows } from './read-rows.ts';
import { type CameraWrite, inChunks, writeCameras } from './write-cameras.ts';

export const outcomes = ['added', 'changed', 'same', 'refused'] as const;

export interface ImportedRow {
  id: string;
  line?: number;
  outcome: (typeof outcomes)[number];
  changes: string[];
  problems: RowProblem[];
}

export interface ImportReport {
  /** Whether the cameras are now as the file wants them. */
  isDone: boolean;
  rows: ImportedRow[];
  elsewhere: string[];
}

type Deps = Pick<RouteDeps, 'resources' | 'store' | 'trail'>;

/** Takes cameras out of a file, all or none. Throws `import-unreadable`, and what `writeCameras` throws. */
export const importCameras = async (
  deps: Deps,
  request: FastifyRequest,
  { text, isYaml, isDryRun }: { text: string; isYaml: boolean; isDryRun: boolean },
): Promise<ImportReport> => {
  const { resources, store, trail } = deps;
  const { ground } = principalOf(request);
  // Of a camera elsewhere a row learns nothing, not even by leaving a column out.
  const mine = resources.cameras().filter(({ place }) => isWithin(place, ground));
  const known = new Map(mine.map((camera) => [camera.id, camera]));
  const read = isYaml ? readYamlRows(text) : readCsvRows(text, (id) => known.get(id));
  if (read.length === 0 || read.length > maxRows)
    throw apiError(
      'import-unreadable',
      `there are ${read.length === 0 ? 'no' : `more than ${maxRows}`} cameras in it; give 1 to ${maxRows}`,
    );
  const rows = read.map((row) => ({
    ...row,
    camera: unveilResource(row.camera, known.get(String((row.camera as Partial<Camera> | null)?.id))),
  }));
  const { rows: checked, elsewhere } = checkRows(rows, toSite(resources), ground);
  const isSound = elsewhere.length === 0 && checked.every(({ problems }) => problems.length === 0);
  const writes = await findStored(store, checked);
  const report = checked.map((row, index) => toImported(row, writes[index]));
  if (!isSound || isDryRun) return { isDone: false, rows: report, elsewhere };
  const changed = writes.filter(({ value, stored }) => !isDeepStrictEqual(value, stored?.value));
  for (const { key, value } of changed) {
    await trail.done(request, { what: 'resourceWritten', target: key, place: (value as Camera).place });
  }
  await writeCameras(store, changed);
  return { isDone: true, rows: report, elsewhere };
};

const findStored = async (store: Deps['store'], rows: readonly CheckedRow[]): Promise<CameraWrite[]> => {
  const results = await inChunks(rows, async ({ id, row, problems }) => ({
    ...{ key: `cameras.${id}`, value: row.camera },
    stored: problems.length === 0 ? await store.get(`cameras.${id}`) : undefined,
  }));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};

const toImported = ({ id, row, problems }: CheckedRow, write: CameraWrite | undefined): ImportedRow => {
  const { line } = row.at([]);
  const shared = { id, ...(line === undefined ? {} : { line }) };
  if (problems.length > 0) return { ...shared, outcome: 'refused', changes: [], problems };
  const before = write?.stored?.value;
  const changes = before === undefined ? [] : describeChange(before, write?.value);
  const outcome = before === undefined ? 'added' : changes.length === 0 ? 'same' : 'changed';
  return { ...shared, outcome, changes, problems };
};
