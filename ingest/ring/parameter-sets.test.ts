import { describe, expect, it } from 'vitest';
import { parameterSetsOf } from './parameter-sets.ts';

const long = [0, 0, 0, 1];
const short = [0, 0, 1];
const sps = [0x67, 0x64, 0x00, 0x1f];
const pps = [0x68, 0xee, 0x3c];
const idr = [0x65, 0x88, 0x84, 0x00];
const sei = [0x06, 0x05, 0x01];

describe('parameterSetsOf', () => {
  it('finds the sets before the picture, whatever start codes divide them', () => {
    const keyframe = Buffer.from([...long, ...sps, ...short, ...pps, ...long, ...sei, ...short, ...idr]);

    expect(parameterSetsOf('h264', keyframe)).toEqual(Buffer.from([...long, ...sps, ...long, ...pps]));
  });

  it('takes a set that is repeated once', () => {
    const sets = [...long, ...sps, ...long, ...pps];
    const keyframe = Buffer.from([...sets, 0, ...sets, ...long, ...idr]);

    expect(parameterSetsOf('h264', keyframe)).toEqual(Buffer.from(sets));
  });

  it('finds all three kinds of H.265', () => {
    const [vps, sps5, pps5, picture] = [
      [0x40, 1, 9],
      [0x42, 1, 8],
      [0x44, 1, 7],
      [0x26, 1, 6],
    ] as const;
    const keyframe = Buffer.from([...long, ...vps, ...long, ...sps5, ...long, ...pps5, ...long, ...picture]);

    expect(parameterSetsOf('h265', keyframe)).toEqual(keyframe.subarray(0, 21));
  });

  it.each([
    ['a keyframe without them', [...long, ...idr]],
    ['one kind only', [...long, ...sps, ...long, ...idr]],
    ['sets after the picture', [...long, ...idr, ...long, ...sps, ...long, ...pps]],
    ['no start code', [...sps, ...pps]],
    ['a start code at the very end', [...long]],
    ['nothing', []],
  ])('finds nothing in %s', (_, bytes) => {
    expect(parameterSetsOf('h264', Buffer.from(bytes))).toBeUndefined();
  });
});
