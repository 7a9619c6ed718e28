import { differences } from './save/differences.ts';

/** Fields that decide where and as what a scenario runs; they are not tried. */
const fixed = new Set(['id', 'kind', 'name', 'cameras', 'places', 'actions']);

/** What is set otherwise, by path, as `POST /api/v1/whatif` takes it; null takes a field out. */
export const triedSettings = (base: object, draft: object): Record<string, unknown> =>
  Object.fromEntries(
    differences(base, draft)
      .filter(({ path }) => !fixed.has(path))
      .map(({ path, after }) => [path, after ?? null]),
  );
