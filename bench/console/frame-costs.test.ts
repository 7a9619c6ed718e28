import { expect, test } from 'vitest';
import { frameMark, type TraceEvent, toFrameCosts } from './frame-costs.ts';

const thread = { pid: 1, tid: 7 };
const mark = (ts: number): TraceEvent => ({ ...thread, name: frameMark, ph: 'I', ts });
const work = (name: string, ts: number, ms: number, facts: Partial<TraceEvent> = {}): TraceEvent => ({
  ...thread,
  ...{ name, ph: 'X', ts, dur: ms * 1000, tdur: ms * 1000 },
  ...facts,
});

test('a layout that a script forces is layout, and the rest of the script is script', () => {
  const costs = toFrameCosts([
    mark(0),
    work('FireAnimationFrame', 10, 5),
    work('FunctionCall', 20, 4),
    work('Layout', 1000, 3),
    work('UpdateLayoutTree', 6000, 1),
    work('Paint', 8000, 2),
    mark(16_000),
    mark(32_000),
  ]);

  expect(costs.frames).toBe(2);
  expect(costs.mean).toEqual({ script: 1, style: 0.5, layout: 1.5, paint: 1 });
  expect(costs.p50).toBeCloseTo(3, 9);
});

test('what another thread does, or happened outside the marked frames, is not counted', () => {
  const costs = toFrameCosts([
    work('FunctionCall', 0, 5),
    mark(10_000),
    work('FunctionCall', 11_000, 9, { tid: 8 }),
    mark(26_000),
    work('FunctionCall', 27_000, 5),
  ]);

  expect(costs.mean.script).toBe(0);
});

test('counts CPU of the thread, not the time that the machine gave to others', () => {
  const costs = toFrameCosts([mark(0), work('Layout', 1, 50, { tdur: 2000 }), mark(60_000)]);

  expect(costs.mean.layout).toBe(2);
});
