import { expect, test } from 'vitest';
import type { LiveTracks } from '../../core/live/overlay.ts';
import { OverlayMemory } from './overlay-memory.ts';

const told = (mediaSeconds: number, x: number, ids = ['a']): LiveTracks => ({
  ...{ type: 'tracks', version: 1, capturedAt: mediaSeconds * 1000, mediaSeconds },
  tracks: ids.map((id) => ({
    ...{ id, label: 'person', score: 0.9, isSeen: true, zones: [] },
    box: { x, y: 0.2, w: 0.1, h: 0.4 },
  })),
});

const memoryOf = (...all: LiveTracks[]): OverlayMemory => {
  const memory = new OverlayMemory();
  for (const one of all) memory.put(one);
  return memory;
};

const leftAt = (memory: OverlayMemory, mediaSeconds: number) =>
  memory.at(mediaSeconds).map(({ box }) => Math.round(box.x * 1000) / 1000);

test('between two analysed pictures a box is on its way from one to the other', () => {
  const memory = memoryOf(told(1, 0.1), told(1.5, 0.2));

  expect(leftAt(memory, 1)).toEqual([0.1]);
  expect(leftAt(memory, 1.25)).toEqual([0.15]);
});

test('beyond the last it is carried on as it went, and not for long', () => {
  const memory = memoryOf(told(1, 0.1), told(1.5, 0.2));

  expect(leftAt(memory, 1.75)).toEqual([0.25]);
  expect(leftAt(memory, 2.4)).toEqual([]);
});

test('before the first there is nothing: it belongs to a later picture', () => {
  expect(leftAt(memoryOf(told(1, 0.1)), 0.5)).toEqual([]);
});

test('one that was found once stands still', () => {
  expect(leftAt(memoryOf(told(1, 0.1, []), told(1.5, 0.2)), 1.7)).toEqual([0.2]);
});

test('a tail is the way of the feet, up to the picture that is shown', () => {
  const memory = memoryOf(told(1, 0.1), told(1.5, 0.2), told(2, 0.3));

  const [shown] = memory.at(1.6);

  expect(shown?.tail.map(([x]) => Math.round(x * 100) / 100)).toEqual([0.15, 0.25]);
});

test('what comes late or twice is left out, and only so much is remembered', () => {
  const memory = memoryOf(told(2, 0.2), told(1, 0.1), told(2, 0.3));
  expect(memory.size).toBe(1);

  for (let second = 3; second < 500; second++) memory.put(told(second, 0.1));

  expect(memory.size).toBe(100);
});
