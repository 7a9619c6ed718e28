import { expect, test } from 'vitest';
import { CodingReader } from './coding.ts';

const unit = (...bytes: number[]): number[] => [0, 0, 0, 1, ...bytes];
const keyframe = (set: number, picture = 5): Buffer =>
  Buffer.from([...unit(0x67, set), ...unit(0x68, 3), ...unit(0x65, picture)]);

test('gives keyframes with the same parameter sets the same coding', () => {
  const reader = new CodingReader();

  expect(reader.read('h264', keyframe(1, 7)).coding).toBe(reader.read('h264', keyframe(1, 8)).coding);
});

test('gives a keyframe with other parameter sets another coding', () => {
  const reader = new CodingReader();

  expect(reader.read('h264', keyframe(1)).coding).not.toBe(reader.read('h264', keyframe(2)).coding);
});

test('gives a keyframe without parameter sets those of the one before', () => {
  const reader = new CodingReader();
  const first = reader.read('h264', keyframe(1));

  const second = reader.read('h264', Buffer.from(unit(0x65, 5)));

  expect(second.coding).toBe(first.coding);
  expect(second.data).toEqual(keyframe(1));
});

test('never takes one codec for the other', () => {
  const reader = new CodingReader();
  const first = reader.read('h264', Buffer.from(unit(0x65, 5)));

  expect(reader.read('h265', Buffer.from(unit(0x26, 1))).coding).not.toBe(first.coding);
});
