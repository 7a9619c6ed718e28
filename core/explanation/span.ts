/** `second` and the others follow the number, with the space that belongs there. */
export interface SpanUnits {
  second: string;
  minute: string;
  hour: string;
  day: string;
}

const pair = (larger: number, largerUnit: string, smaller: number, smallerUnit: string): string =>
  smaller === 0 ? `${larger}${largerUnit}` : `${larger}${largerUnit} ${smaller}${smallerUnit}`;

/** A length of time in its two largest units; below ten seconds to the tenth. Negative ones are none. */
export const toSpan = (ms: number, { second, minute, hour, day }: SpanUnits): string => {
  const tenths = Math.round(Math.max(0, ms) / 100);
  if (tenths < 100) return `${tenths / 10}${second}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds}${second}`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), minute, seconds % 60, second);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), hour, minutes % 60, minute);
  return pair(Math.floor(minutes / 1440), day, Math.floor((minutes % 1440) / 60), hour);
};
