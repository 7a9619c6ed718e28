import { decodeTime } from 'ulid';
import { expect, test } from 'vitest';
import { createNumberedUlids } from './ulid.ts';

const at = Date.UTC(2026, 0, 5, 4);

test('gives the same ids for the same moments in the same order', () => {
  const idsOf = (): string[] => {
    const next = createNumberedUlids();
    return [next(at), next(at), next(at + 1)];
  };

  expect(idsOf()).toEqual(idsOf());
  expect(new Set(idsOf()).size).toBe(3);
});

test('counts in the order in which ULIDs sort', () => {
  const next = createNumberedUlids();
  const ids = Array.from({ length: 2000 }, () => next(at));

  expect(ids).toEqual([...ids].sort());
  expect(ids.every((id) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id) && decodeTime(id) === at)).toBe(true);
});
