import { expect, test } from 'vitest';
import { sequenceParametersOf } from './sequence-parameters.ts';

const bytes = (...values: (number | number[])[]): Buffer => Buffer.from(values.flat());
const short = [0, 0, 1];
const long = [0, 0, 0, 1];

test('finds the set of an H.264 keyframe behind other units', () => {
  const keyframe = bytes(long, 9, 0xf0, long, 0x67, 1, 2, 3, long, 0x68, 4, short, 0x65, 5, 6);

  expect(sequenceParametersOf('h264', keyframe)).toEqual(bytes(0x67, 1, 2, 3));
});

test('finds the set of an H.265 keyframe', () => {
  const keyframe = bytes(long, 0x40, 1, 7, long, 0x42, 1, 8, 9, long, 0x44, 1, short, 0x26, 1, 5);

  expect(sequenceParametersOf('h265', keyframe)).toEqual(bytes(0x42, 1, 8, 9));
});

test.each([
  ['a keyframe without one', bytes(long, 0x65, 1, 2, long, 0x67, 3)],
  ['nothing', bytes()],
  ['a start code at the end', bytes(long)],
  ['no start code', bytes(0x67, 1, 2, 3)],
])('finds none in %s', (_, keyframe) => {
  expect(sequenceParametersOf('h264', keyframe)).toBeUndefined();
});
