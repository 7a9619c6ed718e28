import { describe, expect, it } from 'vitest';
import { fromHalfFloats } from './half-float.ts';

const read = (...bits: number[]): number[] => [
  ...fromHalfFloats(new Uint8Array(new Uint16Array(bits).buffer)),
];

describe('fromHalfFloats', () => {
  // IEEE 754-2019, binary16.
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x3155, 0.1666259765625],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('reads %i as %d', (bits, value) => {
    expect(read(bits)).toEqual([value]);
  });

  it('reads nothing from nothing, and several in order', () => {
    expect(read()).toEqual([]);
    expect(read(0x3c00, 0x4000, 0x4200)).toEqual([1, 2, 3]);
  });
});
