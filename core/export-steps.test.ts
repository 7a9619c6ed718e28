import { expect, test } from 'vitest';
import { exportExpiresAt, exportStateAt, mayStepExport, placeOfAll, stepExport } from './export-steps.ts';
import { type Export, exportSteps } from './schema/export.ts';

const hour = 3_600_000;
const asked: Export = {
  ...{
    schemaVersion: 1,
    exportId: '01KE67FDM0ZVNPVT4F41N4E9VW',
    ground: '431103110201',
    by: 'wang',
    at: 1000,
  },
  ...{ kind: 'alerts', purpose: 'disposalReview', reason: '复核塘边告警的处置情况', alertIds: [], steps: [] },
};
const after = (to: (typeof exportSteps)[number], at = 2000) => stepExport(asked, { to, by: 'li', at });
const open = (exported: Export, now: number) => exportSteps.filter((to) => mayStepExport(exported, to, now));

test('what was asked may be approved, refused or withdrawn, for a day', () => {
  expect(exportStateAt(asked, 1000 + 24 * hour - 1)).toBe('asked');
  expect(open(asked, 1000 + 24 * hour - 1)).toEqual(['approved', 'refused', 'withdrawn']);
  expect(exportStateAt(asked, 1000 + 24 * hour)).toBe('expired');
  expect(open(asked, 1000 + 24 * hour)).toEqual([]);
});

test('what was approved may only be withdrawn, for seven days from then', () => {
  const approved = after('approved');
  expect(exportExpiresAt(approved)).toBe(2000 + 7 * 24 * hour);
  expect(exportStateAt(approved, 2000 + 7 * 24 * hour - 1)).toBe('approved');
  expect(open(approved, 3000)).toEqual(['withdrawn']);
  expect(exportStateAt(approved, 2000 + 7 * 24 * hour)).toBe('expired');
  expect(open(approved, 2000 + 7 * 24 * hour)).toEqual([]);
});

test.each(['refused', 'withdrawn'] as const)('what was %s stays so', (to) => {
  expect(exportStateAt(after(to), 1e15)).toBe(to);
  expect(exportExpiresAt(after(to))).toBeUndefined();
  expect(open(after(to), 3000)).toEqual([]);
});

test('the place of all is the smallest that holds each', () => {
  expect(placeOfAll(['431103110201', '431103110201'])).toBe('431103110201');
  expect(placeOfAll(['431103110201', '431103110202'])).toBe('431103110');
  expect(placeOfAll(['431103110', '431103110202'])).toBe('431103110');
  expect(placeOfAll(['431103110201', '431103111201'])).toBe('431103');
  expect(placeOfAll(['431103110201', '431203111201'])).toBeUndefined();
  expect(placeOfAll(['431103110201', '431122111201'])).toBe('4311');
  expect(placeOfAll([])).toBeUndefined();
});
