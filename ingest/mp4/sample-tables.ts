import { fullBox, u32 } from './boxes.ts';

/** A picture in a file. Times in ticks. */
export interface MovieSample {
  sizeBytes: number;
  isKeyframe: boolean;
  /** Until the next one is decoded. */
  duration: number;
  /** From decoding to showing, 0 or more. */
  shownAfter: number;
}

/** Each value with how often it comes in a row. */
const runsOf = (values: readonly number[]): number[][] => {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.[1] === value) last[0]++;
    else runs.push([1, value]);
  }
  return runs;
};

const table = (type: string, rows: readonly (readonly number[])[]): Buffer =>
  fullBox(type, 0, 0, u32(rows.length), ...rows.flat().map(u32));

/**
 * Tells of each picture when it is decoded and shown, how large it is, and which are keyframes. All lie one behind the
 * other, from `offset` bytes into the file on (ISO/IEC 14496-12, 8.6 and 8.7).
 */
export const toSampleTables = (samples: readonly MovieSample[], offset: number): Buffer[] => {
  const keyframes = samples.flatMap(({ isKeyframe }, index) => (isKeyframe ? [[index + 1]] : []));
  const delays = samples.map(({ shownAfter }) => shownAfter);
  const isReordered = delays.some((delay) => delay > 0);
  const sizes = samples.map(({ sizeBytes }) => u32(sizeBytes));
  return [
    table('stts', runsOf(samples.map(({ duration }) => duration))),
    ...(isReordered ? [table('ctts', runsOf(delays))] : []),
    table('stss', keyframes),
    table('stsc', [[1, samples.length, 1]]),
    fullBox('stsz', 0, 0, u32(0), u32(samples.length), ...sizes),
    table('stco', [[offset]]),
  ];
};
