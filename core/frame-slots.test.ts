import { expect, test } from 'vitest';
import { FrameSlots } from './frame-slots.ts';

const spec = { width: 4, height: 2 };

test('gives out every slot once and none beyond', () => {
  const slots = FrameSlots.create(3, spec);

  expect([slots.acquire(), slots.acquire(), slots.acquire(), slots.acquire()]).toEqual([0, 1, 2, -1]);
  expect(slots.taken).toBe(3);
});

test('gives a released slot out again', () => {
  const slots = FrameSlots.create(1, spec);
  const slot = slots.acquire();
  slots.release(slot);

  expect(slots.acquire()).toBe(slot);
});

test('shows another thread the same pixels', () => {
  const writer = FrameSlots.create(2, spec);
  const reader = FrameSlots.from(writer.buffer, writer.count, spec);
  writer.pixels(1).fill(7);

  expect(reader.pixels(1)).toEqual(new Uint8Array(24).fill(7));
  expect(reader.pixels(0)).toEqual(new Uint8Array(24));
});
