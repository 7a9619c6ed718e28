import { type FootPoint, framesPerSecond, type Outline, type Stay, staysIn } from './walkers.ts';

/** Seconds of the sequence from the beginning of a situation to its end, and from when on an alert to it is due. */
export interface Situation {
  startSeconds: number;
  dueSeconds: number;
  endSeconds: number;
}

/** In frames. */
interface Span {
  first: number;
  due: number;
  last: number;
}

export interface StaySettings {
  dwellSeconds: number;
  clearSeconds: number;
}

/** Somebody stays inside for the dwell time; over when nobody was inside for as long as it takes to be clear. */
export const situationsIn = (
  walkers: readonly FootPoint[][],
  outline: Outline,
  { dwellSeconds, clearSeconds }: StaySettings,
): Situation[] => {
  const dwell = dwellSeconds * framesPerSecond;
  const stays = staysIn(walkers, outline);
  const begun = stays
    .filter(({ first, last }) => last - first >= dwell)
    .map(({ first, last }) => ({ first, due: first + dwell, last }));
  return join(begun, stays, clearSeconds * framesPerSecond).map(toSituation);
};

/** Somebody stays for the dwell time and has got no further from where they began than `reach` times their height. */
export const loiteringIn = (
  walkers: readonly FootPoint[][],
  outline: Outline,
  { dwellSeconds, clearSeconds, reach }: StaySettings & { reach: number },
): Situation[] => {
  const dwell = dwellSeconds * framesPerSecond;
  const begun = staysIn(walkers, outline).flatMap(({ first, last, points }) => {
    const [start] = points;
    const due = points.find(
      (point) => start && point.frame - first >= dwell && distanceInHeights(start, point) <= reach,
    );
    return due ? [{ first, due: due.frame, last }] : [];
  });
  return join(begun, begun, clearSeconds * framesPerSecond).map(toSituation);
};

/** At least `count` are inside for the dwell time; over when fewer than `remaining` are for as long as it takes. */
export const crowdsIn = (
  walkers: readonly FootPoint[][],
  outline: Outline,
  { dwellSeconds, clearSeconds, count, remaining }: StaySettings & { count: number; remaining: number },
): Situation[] => {
  const dwell = dwellSeconds * framesPerSecond;
  const stays = staysIn(walkers, outline);
  const begun = spansWith(stays, count)
    .filter(({ first, last }) => last - first >= dwell)
    .map(({ first, last }) => ({ first, due: first + dwell, last }));
  return join(begun, spansWith(stays, remaining), clearSeconds * framesPerSecond).map(toSituation);
};

/**
 * What begins while another goes on, or before it is clear, is the same situation. `holding` are the times that keep one
 * going once it has begun.
 */
const join = (
  begun: readonly Span[],
  holding: readonly Pick<Span, 'first' | 'last'>[],
  clear: number,
): Span[] => {
  const joined: Span[] = [];
  for (const span of begun) {
    const open = joined.at(-1);
    if (open && span.first <= open.last + clear) open.last = Math.max(open.last, span.last);
    else joined.push({ ...span });
    const current = joined.at(-1);
    if (!current) continue;
    for (const { first, last } of holding) {
      if (first <= current.last + clear && last > current.last) current.last = last;
    }
  }
  return joined;
};

/** The times in which at least `count` stay at once. */
const spansWith = (stays: readonly Stay[], count: number): { first: number; last: number }[] => {
  const spans: { first: number; last: number }[] = [];
  const end = Math.max(0, ...stays.map(({ last }) => last));
  for (let frame = 0; frame <= end; frame++) {
    if (stays.filter(({ first, last }) => first <= frame && frame <= last).length < count) continue;
    const open = spans.at(-1);
    if (open?.last === frame - 1) open.last = frame;
    else spans.push({ first: frame, last: frame });
  }
  return spans;
};

const distanceInHeights = (a: FootPoint, b: FootPoint): number =>
  Math.hypot((b.x - a.x) * pictureAspect, b.y - a.y) / ((a.height + b.height) / 2);

const pictureAspect = 768 / 576;

const toSituation = ({ first, due, last }: Span): Situation => ({
  startSeconds: first / framesPerSecond,
  dueSeconds: due / framesPerSecond,
  endSeconds: last / framesPerSecond,
});
