import { beforeEach, expect, test } from 'vitest';
import { type GateVerdict, LumaGate } from './luma-gate.ts';

const width = 134;
const height = 100;

type Paint = (x: number, y: number) => number;

/** A scene with structure: a dark road through a bright field. */
const scene: Paint = (x, y) => (Math.abs(x - y) < 15 ? 70 : 150) + ((x * 7 + y * 13) % 11);

const within = (x: number, y: number, left: number, top: number, w: number, h: number): boolean =>
  x >= left && x < left + w && y >= top && y < top + h;

/** A walker of 6 × 17 pixels at `left`. */
const withWalker =
  (left: number, base: Paint = scene): Paint =>
  (x, y) =>
    within(x, y, left, 40, 6, 17) ? 30 : base(x, y);

let state = 1;

/** The same noise in every run: a threshold is met or it is not. */
const random = (): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (state >> 8) / 0x7fffff;
};

beforeEach(() => {
  state = 1;
});

const noisy =
  (paint: Paint, levels: number): Paint =>
  (x, y) =>
    paint(x, y) + (random() - 0.5) * 2 * levels;

const shown = (gate: LumaGate, paint: Paint): GateVerdict => {
  const pixels = new Uint8ClampedArray(width * height);
  for (let at = 0; at < pixels.length; at++) pixels[at] = paint(at % width, Math.floor(at / width));
  return gate.look({ width, height, pixels: new Uint8Array(pixels.buffer) });
};

const repeat = (gate: LumaGate, paint: Paint, times: number): GateVerdict[] =>
  Array.from({ length: times }, () => shown(gate, paint));

const calm = (levels = 4): LumaGate => {
  const gate = new LumaGate();
  repeat(gate, noisy(scene, levels), 10);
  return gate;
};

test('has nothing to say about the first picture, nor after another size', () => {
  const gate = new LumaGate();

  expect(shown(gate, scene)).toBe('started');
  expect(shown(gate, scene)).toBe('quiet');
  expect(gate.look({ width: 100, height: 75, pixels: new Uint8Array(7500) })).toBe('started');
});

test.each([0, 3, 6])('stays quiet under sensor noise of %i levels', (levels) => {
  const gate = new LumaGate();

  expect(repeat(gate, noisy(scene, levels), 50).slice(1)).toEqual(new Array(49).fill('quiet'));
});

test.each([8, 12])('learns that a picture is restless by %i levels all over', (levels) => {
  const gate = new LumaGate();

  expect(repeat(gate, noisy(scene, levels), 40).slice(-20)).toEqual(new Array(20).fill('quiet'));
});

test('sees a walker wherever he is', () => {
  const gate = calm();

  for (let left = 0; left < 128; left += 5) {
    expect(shown(gate, noisy(withWalker(left), 4)), `at ${left}`).toBe('changed');
  }
});

test.each([-40, 25, 60])('does not wake when the whole picture becomes %i levels brighter', (levels) => {
  const gate = calm();

  const after = repeat(
    gate,
    noisy((x, y) => scene(x, y) + levels, 3),
    5,
  );

  expect(after).toEqual(new Array(5).fill('quiet'));
});

test('sees a walker in the very picture in which the light changes', () => {
  const gate = calm();

  expect(
    shown(
      gate,
      withWalker(60, (x, y) => scene(x, y) + 30),
    ),
  ).toBe('changed');
});

test('sees a lorry that covers a third of the picture', () => {
  const gate = calm();

  expect(shown(gate, (x, y) => (within(x, y, 40, 20, 60, 75) ? 230 : scene(x, y)))).toBe('changed');
});

test('recalibrates when the camera switches to infrared, and is quiet from then on', () => {
  const gate = calm();
  const infrared: Paint = (x, y) => 255 - scene(x, y) * ((x + y) % 2 === 0 ? 1 : 0.4);

  expect(repeat(gate, infrared, 4)).toEqual(['recalibrated', 'quiet', 'quiet', 'quiet']);
});

test('takes what stands there for background within half a minute and sees it go', () => {
  const gate = calm();

  const standing = repeat(gate, noisy(withWalker(60), 4), 60);

  expect(standing[0]).toBe('changed');
  expect(standing.indexOf('quiet')).toBeLessThan(35);
  expect(standing.at(-1)).toBe('quiet');
  expect(shown(gate, scene)).toBe('changed');
});

test('still sees a vehicle on a road that has been busy for an hour', () => {
  const gate = calm();
  for (let second = 0; second < 3600; second++) {
    shown(gate, noisy(second % 4 === 0 ? withWalker(60) : scene, 4));
  }

  expect(shown(gate, withWalker(60))).toBe('changed');
});

test('takes turns with the gates of other cameras, whatever the size of their pictures', () => {
  const [near, far] = [calm(), new LumaGate()];
  const tall = { width, height: 240, pixels: new Uint8Array(width * 240).fill(20) };
  const withThing = { ...tall, pixels: tall.pixels.map((level, at) => (at > width * 220 ? 200 : level)) };

  const turns = [tall, tall, withThing].map((luma) => [far.look(luma), shown(near, scene)]);

  expect(turns).toEqual([
    ['started', 'quiet'],
    ['quiet', 'quiet'],
    ['changed', 'quiet'],
  ]);
  expect(shown(near, withWalker(60))).toBe('changed');
});
