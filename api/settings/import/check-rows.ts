import type { ConfigProblem } from '../../../core/config/problem.ts';
import { checkSite } from '../../../core/config/read-site.ts';
import type { Camera } from '../../../core/schema/camera.ts';
import type { Site } from '../../../core/schema/site.ts';
import { isWithin } from '../../auth/principal.ts';
import { veilAddress } from '../veil-addresses.ts';
import type { ImportRow } from './read-rows.ts';

/** What is wrong in a row, where, and what to do about it. */
export interface RowProblem {
  line?: number;
  column?: number;
  name: string;
  message: string;
  remedy: string;
}

export interface CheckedRow {
  id: string;
  row: ImportRow;
  problems: RowProblem[];
}

export interface CheckedRows {
  rows: CheckedRow[];
  /** What the rows together would break elsewhere in the site. */
  elsewhere: string[];
}

const idOf = ({ camera }: ImportRow): string => {
  const id = (camera as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 64) : '';
};

/** Checks rows as cameras of the site they would make, and that all of it lies in the asker's ground. */
export const checkRows = (rows: readonly ImportRow[], before: Site, ground: string): CheckedRows => {
  const checked = rows.map((row) => ({ id: idOf(row), row, problems: [] as RowProblem[] }));
  refuseTwice(checked);
  refuseOutside(checked, before.cameras, ground);
  const known = new Set(checkSite(before).problems.map(({ message }) => message));
  // A site with a camera of the wrong shape is looked at no further, so those of the right one are looked at again.
  collect(checked, before, known);
  const elsewhere = collect(checked, before, known);
  return { rows: checked, elsewhere };
};

const refuseTwice = (checked: CheckedRow[]): void => {
  const firstAt = new Map<string, CheckedRow>();
  for (const one of checked) {
    const first = one.id === '' ? undefined : firstAt.get(one.id);
    if (first) {
      const { line } = first.row.at([]);
      add(one, ['id'], `'${one.id}' is already the id of line ${line ?? 1}; take one of the two out`);
    } else firstAt.set(one.id, one);
  }
};

const refuseOutside = (checked: CheckedRow[], cameras: readonly Camera[], ground: string): void => {
  const placeOf = new Map(cameras.map(({ id, place }) => [id, place]));
  for (const one of checked) {
    const place = (one.row.camera as { place?: unknown } | null)?.place;
    if (typeof place === 'string' && !isWithin(place, ground))
      add(one, ['place'], `'${place}' lies outside your ground; leave it to whoever has that place`);
    const stands = placeOf.get(one.id);
    if (stands !== undefined && !isWithin(stands, ground))
      add(one, ['id'], `'${one.id}' is taken; give the camera another id`);
  }
};

/** Notes what is wrong in rows that nothing is wrong with yet; gives what is wrong elsewhere. */
const collect = (checked: CheckedRow[], before: Site, known: ReadonlySet<string>): string[] => {
  const sound = checked.filter(({ problems }) => problems.length === 0);
  const ids = new Set(sound.map(({ id }) => id));
  const others = before.cameras.filter(({ id }) => !ids.has(id));
  const cameras = [...sound.map(({ row }) => row.camera), ...others];
  const { problems } = checkSite({ ...before, cameras });
  return problems
    .filter(({ message }) => !known.has(message))
    .flatMap((problem) => {
      const { index, rest } = toRow(problem);
      const one = sound[index];
      if (!one) return [`${problem.path}: ${veilAddress(problem.message)}`];
      add(one, rest, problem.message);
      return [];
    });
};

const toRow = ({ path }: ConfigProblem): { index: number; rest: (string | number)[] } => {
  const [, index, rest = ''] = /^cameras\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (index === undefined) return { index: -1, rest: [] };
  const parts = rest.split(/[.[\]]+/).filter((part) => part !== '');
  return { index: Number(index), rest: parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part)) };
};

const usualRemedy = 'correct it and send the file again';

/** Messages say behind a semicolon what to do. */
const add = ({ row, problems }: CheckedRow, path: (string | number)[], told: string): void => {
  const text = veilAddress(told);
  const cut = text.lastIndexOf('; ');
  const message = cut < 0 ? text : text.slice(0, cut);
  problems.push({ ...row.at(path), message, remedy: cut < 0 ? usualRemedy : text.slice(cut + 2) });
};
