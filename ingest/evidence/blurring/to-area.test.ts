import { expect, test } from 'vitest';
import { partOf, toBlurredBoxes } from './blurred-part.ts';
import { halved, toSquares } from './mosaic.ts';
import { toArea } from './to-area.ts';

const size = { width: 1000, height: 1000 };
const box = { x: 0.4, y: 0.4, w: 0.1, h: 0.2 };

test('persons and two-wheelers are blurred wholly, vehicles in their lower half, and nothing else', () => {
  expect((['person', 'bicycle', 'motorcycle'] as const).map(partOf)).toEqual(['whole', 'whole', 'whole']);
  expect((['car', 'bus', 'truck'] as const).map(partOf)).toEqual(['lower', 'lower', 'lower']);
  expect((['dog', 'boat', 'fire'] as const).map(partOf)).toEqual([undefined, undefined, undefined]);
  expect(
    toBlurredBoxes([
      { label: 'dog', box },
      { label: 'bus', box },
    ]),
  ).toEqual([{ box, part: 'lower' }]);
});

test('a box is widened by a seventh to every side', () => {
  expect(toArea({ box, part: 'whole' }, size)).toEqual({
    left: 384,
    top: 370,
    right: 516,
    bottom: 632,
    side: 34,
  });
});

test('of a vehicle the upper half stays, but for the margin', () => {
  expect(toArea({ box, part: 'lower' }, size)).toMatchObject({ top: 470, bottom: 632, side: 16 });
});

test('squares are so few that a face is one or two, and never tiny', () => {
  expect(toArea({ box: { ...box, w: 0.3 }, part: 'whole' }, size)?.side).toBe(66);
  expect(toArea({ box: { ...box, w: 0.005, h: 0.01 }, part: 'whole' }, size)?.side).toBe(12);
});

test('what reaches over the edge is cut there, and what lies beyond it is nothing', () => {
  expect(toArea({ box: { x: -0.1, y: 0.9, w: 0.2, h: 0.3 }, part: 'whole' }, size)).toMatchObject({
    left: 0,
    bottom: 1000,
  });
  expect(toArea({ box: { x: 1.5, y: 0, w: 0.1, h: 0.1 }, part: 'whole' }, size)).toBeUndefined();
  expect(toArea({ box: { x: -0.6, y: 0, w: 0.1, h: 0.1 }, part: 'whole' }, size)).toBeUndefined();
});

test('in an area each square has one grey, and around it nothing changes', () => {
  const width = 40;
  const pixels = Uint8Array.from({ length: width * width }, (_, index) => (index * 37) % 256);
  const before = pixels.slice();
  const area = { left: 10, top: 6, right: 30, bottom: 30, side: 12 };
  toSquares({ data: pixels, stride: width, step: 1, offset: 0 }, area);

  const inSquare = new Set<number>();
  for (let y = 6; y < 18; y++) for (let x = 10; x < 22; x++) inSquare.add(pixels[y * width + x] ?? -1);
  expect(inSquare.size).toBe(1);
  const isOutside = (index: number): boolean => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return x < 10 || x >= 30 || y < 6 || y >= 30;
  };
  expect([...pixels].filter((grey, index) => isOutside(index) && grey !== before[index])).toEqual([]);
});

test('of three colours that lie side by side each is its own', () => {
  const pixels = Uint8Array.from([0, 100, 7, 200, 100, 9]);
  const area = { left: 0, top: 0, right: 2, bottom: 1, side: 12 };
  for (const offset of [0, 1, 2]) toSquares({ data: pixels, stride: 6, step: 3, offset }, area);

  expect([...pixels]).toEqual([100, 100, 8, 100, 100, 8]);
  expect(halved({ left: 2, top: 4, right: 10, bottom: 12, side: 6 })).toEqual({
    left: 1,
    top: 2,
    right: 5,
    bottom: 6,
    side: 3,
  });
});
