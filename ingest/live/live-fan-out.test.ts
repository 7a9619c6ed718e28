import { expect, test } from 'vitest';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { LiveChunk, LiveViewer } from '../../core/stages.ts';
import { LiveFanOut, maxViewers } from './live-fan-out.ts';

const start: LiveChunk = {
  type: 'start',
  ...{ codec: 'avc1.42c01e', width: 640, height: 480, startedAt: 1, originUs: 0, init: Buffer.from('init') },
};

const fragment = (name: string, isKeyframe = false): LiveChunk => ({
  type: 'fragment',
  isKeyframe,
  bytes: Buffer.from(name),
  mediaSeconds: 0,
  capturedAt: 1,
});

/** Writes down what it is given. */
class ScriptedViewer implements LiveViewer {
  bufferedBytes = 0;
  readonly got: string[] = [];

  take(chunk: LiveChunk): void {
    this.got.push(chunk.type === 'start' ? 'start' : Buffer.from(chunk.bytes).toString());
  }

  end(reason: string): void {
    this.got.push(`end ${reason}`);
  }
}

const scripted = () => {
  const clock = new SimulatedClock();
  const wanted: string[] = [];
  const want = (cameraId: string, isWanted: boolean) => wanted.push(`${cameraId} ${isWanted}`);
  return { clock, wanted, fanOut: new LiveFanOut({ clock, metrics: createMetrics(), want }) };
};

test('makes fragments as long as somebody watches', () => {
  const { fanOut, wanted } = scripted();

  const leave = [fanOut.watch('a', new ScriptedViewer()), fanOut.watch('a', new ScriptedViewer())];
  for (const left of [...leave, ...leave]) left();

  expect(wanted).toEqual(['a true', 'a false']);
});

test('gives who comes later the open GOP from its keyframe on', () => {
  const { fanOut } = scripted();
  const [first, second] = [new ScriptedViewer(), new ScriptedViewer()];
  fanOut.watch('a', first);
  for (const chunk of [start, fragment('k1', true), fragment('p1'), fragment('k2', true), fragment('p2')])
    fanOut.take('a', chunk);

  fanOut.watch('a', second);
  fanOut.take('a', fragment('p3'));

  expect(first.got).toEqual(['start', 'k1', 'p1', 'k2', 'p2', 'p3']);
  expect(second.got).toEqual(['start', 'k2', 'p2', 'p3']);
});

test('of a light camera less may wait than of a heavy one: it is as much time', () => {
  const { fanOut } = scripted();
  const viewer = new ScriptedViewer();
  fanOut.watch('a', viewer);
  const keyframe = (name: string, mediaSeconds: number): LiveChunk => ({
    ...{ type: 'fragment', isKeyframe: true, bytes: Buffer.from(name.padEnd(200_000, ' ')) },
    ...{ mediaSeconds, capturedAt: 1 },
  });
  // 100 kB a second.
  for (const chunk of [start, keyframe('k1', 0), keyframe('k2', 2)]) fanOut.take('a', chunk);

  viewer.bufferedBytes = 290_000;
  fanOut.take('a', fragment('p1'));
  viewer.bufferedBytes = 310_000;
  fanOut.take('a', fragment('p2'));

  expect(viewer.got.map((one) => one.trim())).toEqual(['start', 'k1', 'k2', 'p1']);
});

test('lets a slow viewer lose pictures up to a keyframe, and no other', () => {
  const { fanOut } = scripted();
  const [slow, quick] = [new ScriptedViewer(), new ScriptedViewer()];
  for (const viewer of [slow, quick]) fanOut.watch('a', viewer);
  for (const chunk of [start, fragment('k1', true)]) fanOut.take('a', chunk);

  slow.bufferedBytes = 2 * 1024 ** 2;
  fanOut.take('a', fragment('p1'));
  slow.bufferedBytes = 0;
  for (const chunk of [fragment('p2'), fragment('k2', true), fragment('p3')]) fanOut.take('a', chunk);

  expect(slow.got).toEqual(['start', 'k1', 'k2', 'p3']);
  expect(quick.got).toEqual(['start', 'k1', 'p1', 'p2', 'k2', 'p3']);
});

test('cuts off a viewer that takes nothing for ten seconds', async () => {
  const { clock, fanOut, wanted } = scripted();
  const viewer = new ScriptedViewer();
  fanOut.watch('a', viewer);
  for (const chunk of [start, fragment('k1', true)]) fanOut.take('a', chunk);
  viewer.bufferedBytes = 2 * 1024 ** 2;

  for (let second = 0; second <= 11; second++) {
    fanOut.take('a', fragment(`k${second}`, true));
    await clock.advance(1000);
  }

  expect(viewer.got).toEqual(['start', 'k1', expect.stringContaining('end too-slow')]);
  expect(wanted).toEqual(['a true', 'a false']);
});

test('keeps no GOP that has outgrown its bound: who comes next waits for a keyframe', () => {
  const { fanOut } = scripted();
  const viewer = new ScriptedViewer();
  fanOut.watch('a', new ScriptedViewer());
  for (const chunk of [start, fragment('k1', true), fragment('x'.repeat(9 * 1024 ** 2))])
    fanOut.take('a', chunk);

  fanOut.watch('a', viewer);
  for (const chunk of [fragment('p2'), fragment('k2', true)]) fanOut.take('a', chunk);

  expect(viewer.got).toEqual(['start', 'k2']);
});

test('refuses more viewers than it can serve, and has room again when one leaves', () => {
  const { fanOut } = scripted();
  const leave = Array.from({ length: maxViewers }, () => fanOut.watch('a', new ScriptedViewer()));

  expect(() => fanOut.watch('b', new ScriptedViewer())).toThrow(/32 viewers/);
  leave[0]?.();
  expect(() => fanOut.watch('b', new ScriptedViewer())).not.toThrow();
});

test('tells all viewers of a camera why it ends', () => {
  const { fanOut, wanted } = scripted();
  const viewer = new ScriptedViewer();
  fanOut.watch('a', viewer);

  fanOut.end('a', 'camera-dark: since noon');

  expect(viewer.got).toEqual(['end camera-dark: since noon']);
  expect(wanted).toEqual(['a true', 'a false']);
});
