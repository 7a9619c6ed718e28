import { expect, test } from 'vitest';
import { type MovieSample, toSampleTables } from './sample-tables.ts';

const sample = (facts: Partial<MovieSample> = {}): MovieSample => ({
  ...{ sizeBytes: 100, isKeyframe: false, duration: 3600, shownAfter: 0 },
  ...facts,
});

/** Each table's numbers behind its version and flags, by its four letters. */
const numbersOf = (tables: readonly Buffer[]): Record<string, number[]> =>
  Object.fromEntries(
    tables.map((table) => {
      const body = table.subarray(12);
      const numbers = Array.from({ length: body.length / 4 }, (_, at) => body.readUInt32BE(at * 4));
      return [table.toString('latin1', 4, 8), numbers];
    }),
  );

test('tells of pictures one behind the other, in one chunk', () => {
  const samples = [sample({ sizeBytes: 900, isKeyframe: true }), sample(), sample({ duration: 7200 })];

  expect(numbersOf(toSampleTables(samples, 1234))).toEqual({
    stts: [2, 2, 3600, 1, 7200],
    stss: [1, 1],
    stsc: [1, 1, 3, 1],
    stsz: [0, 3, 900, 100, 100],
    stco: [1, 1234],
  });
});

test('tells when pictures are shown where that is in another order than they are decoded', () => {
  const samples = [sample({ isKeyframe: true, shownAfter: 3600 }), sample({ shownAfter: 7200 }), sample()];

  expect(numbersOf(toSampleTables(samples, 0))['ctts']).toEqual([3, 1, 3600, 1, 7200, 1, 0]);
});
