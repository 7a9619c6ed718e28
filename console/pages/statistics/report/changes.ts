import type { ReportPart } from '../../../../api/schema/report-view.ts';
import { enoughForShare } from '../figures/share.ts';

/** Whether a change may be said: it rests on enough in both spans. */
export const isSaid = (
  now: ReportPart,
  before: ReportPart,
  countOf: (part: ReportPart) => number | undefined,
): boolean => [now, before].every((part) => (countOf(part) ?? 0) >= enoughForShare);

/** `+3`, `−2 min`, `±0`; undefined where there is no change to be known. */
export const signed = (value: number | undefined, say: (size: number) => string): string | undefined => {
  if (value === undefined) return undefined;
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±';
  return `${sign}${say(Math.abs(value))}`;
};
