import { expect, it } from 'vitest';
import { spansOf } from './report-spans.ts';

it('names spans backwards from the one that goes on', () => {
  expect(spansOf('month', '2026-01-05').slice(0, 3)).toEqual(['2026-01', '2025-12', '2025-11']);
  expect(spansOf('quarter', '2026-03-31').slice(0, 2)).toEqual(['2026-Q1', '2025-Q4']);
  expect(spansOf('year', '2026-11-28')).toEqual(['2026', '2025', '2024', '2023', '2022']);
});
