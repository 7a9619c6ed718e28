import { crossingsOf } from './crossings.ts';
import { crowdsIn, loiteringIn, type Situation, situationsIn } from './situations.ts';
import type { Corner, FootPoint, Outline } from './walkers.ts';

/** As `xueliang eval scenarios --truth` reads it. Seconds of the clip. */
export interface TrueEvent {
  scenarioId: string;
  startedAt: number;
  endedAt: number;
  dueAt?: number;
  note?: string;
}

/** What of a site file this goes by, read as it stands there. */
export interface WatchedView {
  zones: readonly { id: string; polygon: Outline }[];
  lines?: readonly { id: string; points: readonly Corner[] }[];
}

export interface WrittenScenario {
  id: string;
  kind: string;
  zone?: string;
  line?: string;
  dwell?: string;
  clearAfter?: string;
  count?: number;
  hysteresis?: number;
  reach?: number;
  direction?: string;
  coolDown?: string;
}

/** What an ideal watcher of these walkers would report for one scenario. */
export const trueEventsOf = (
  scenario: WrittenScenario,
  view: WatchedView,
  walkers: readonly FootPoint[][],
): TrueEvent[] => {
  if (scenario.kind === 'lineCrossing') return crossingEvents(scenario, view, walkers);
  return situationsOf(scenario, view, walkers).map(({ startSeconds, dueSeconds, endSeconds }) => ({
    scenarioId: scenario.id,
    startedAt: startSeconds,
    endedAt: endSeconds,
    dueAt: dueSeconds,
  }));
};

const situationsOf = (
  { kind, zone, dwell, clearAfter, count = 0, hysteresis = 0, reach = 4 }: WrittenScenario,
  { zones }: WatchedView,
  walkers: readonly FootPoint[][],
): Situation[] => {
  const outline = zones.find(({ id }) => id === zone)?.polygon ?? [];
  const settings = { dwellSeconds: toSeconds(dwell), clearSeconds: toSeconds(clearAfter) };
  switch (kind) {
    case 'intrusion':
      return situationsIn(walkers, outline, settings);
    case 'crowd':
      return crowdsIn(walkers, outline, { ...settings, count, remaining: count - hysteresis });
    case 'loitering':
      return loiteringIn(walkers, outline, { ...settings, reach });
    default:
      throw new RangeError(`no truth is written for the kind '${kind}'`);
  }
};

/** Crossings no further apart than the cool-down are one situation, and one alert. */
const crossingEvents = (
  { id, line, direction, coolDown }: WrittenScenario,
  { lines = [] }: WatchedView,
  walkers: readonly FootPoint[][],
): TrueEvent[] => {
  const [from, to] = lines.find((known) => known.id === line)?.points ?? [];
  if (!from || !to) throw new RangeError(`there is no line '${line}'`);
  const crossings = crossingsOf(walkers, from, to).filter(
    (crossing) => direction === 'both' || crossing.direction === direction,
  );
  const events: { startedAt: number; endedAt: number; count: number }[] = [];
  for (const { seconds } of crossings) {
    const open = events.at(-1);
    if (open && seconds - open.endedAt <= toSeconds(coolDown)) {
      open.endedAt = seconds;
      open.count++;
    } else events.push({ startedAt: seconds, endedAt: seconds, count: 1 });
  }
  return events.map(({ count, ...span }) => ({ scenarioId: id, ...span, note: `${count} crossings` }));
};

/** Whole seconds, which is all that the scenarios here are written in. */
const toSeconds = (text: string | undefined): number => {
  const [, digits] = /^(\d+)s$/.exec(text ?? '') ?? [];
  if (digits === undefined) throw new RangeError(`'${text}' is not written in seconds`);
  return Number(digits);
};
