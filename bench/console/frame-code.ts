import { clipFps } from '../../deploy/demo/filter-graph.ts';

/** Squares along the upper edge of a picture, each a digit of its number, the lowest first. */
export const codeDigits = 12;
export const digitPx = 40;
export const codeHeightPx = 24;

/** In Gray's order, of whose digits one picture changes one: a picture half decoded is read wrong by one at most. */
const digit = 'floor(X/40)';
const isOne = `mod(floor(N/pow(2,${digit}))+floor(N/pow(2,${digit}+1)),2)`;

/** A source filter of ffmpeg: the strip, 480 × 24, at the clips' rate. */
export const codeFilter = [
  `color=c=gray:s=${codeDigits * digitPx}x${codeHeightPx}:r=${clipFps}`,
  'format=yuv420p',
  `geq=lum='if(${isOne},235,16)':cb=128:cr=128`,
].join(',');

/** The number that the digits say, the lowest first. */
export const fromGray = (digits: readonly boolean[]): number => {
  let number = 0;
  let isSet = false;
  for (const one of digits.toReversed()) {
    isSet = one !== isSet;
    number = number * 2 + (isSet ? 1 : 0);
  }
  return number;
};
