import { quantile } from '../measure/quantiles.ts';

/** What Chromium's tracing tells of a piece of work (Trace Event Format); times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Of the thread's own CPU: what others do on the machine is not in it. */
  tdur?: number;
  args?: { name?: string };
}

export const costKinds = ['script', 'style', 'layout', 'paint'] as const;
export type CostKind = (typeof costKinds)[number];

/** CPU of the page's main thread a frame, in milliseconds. */
export interface FrameCosts {
  frames: number;
  mean: Readonly<Record<CostKind, number>>;
  /** Of script, style and layout together. */
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

const kinds = new Map<string, CostKind>([
  ...['FunctionCall', 'FireAnimationFrame', 'EventDispatch', 'TimerFire', 'RunMicrotasks'].map(
    (name) => [name, 'script'] as const,
  ),
  ...['V8.GCScavenger', 'MinorGC', 'MajorGC'].map((name) => [name, 'script'] as const),
  ...['UpdateLayoutTree', 'ParseAuthorStyleSheet'].map((name) => [name, 'style'] as const),
  ...['Layout', 'IntersectionObserverController::computeIntersections'].map(
    (name) => [name, 'layout'] as const,
  ),
  ...['PrePaint', 'Paint', 'Layerize', 'Commit'].map((name) => [name, 'paint'] as const),
]);

/** The name by which a page marks that a frame begins (`performance.mark`). */
export const frameMark = 'bench-frame';

/** Work within other work is counted once, as what it is: a layout that a script forces is layout. */
const selfTimes = (events: readonly TraceEvent[]): { at: number; kind: CostKind; us: number }[] => {
  const open: { end: number; found: { at: number; kind: CostKind; us: number } }[] = [];
  const all: { at: number; kind: CostKind; us: number }[] = [];
  for (const { name, ts, dur = 0, tdur = 0 } of events) {
    const kind = kinds.get(name);
    if (!kind) continue;
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= ts) open.pop();
    const outer = open.at(-1);
    if (outer) outer.found.us -= tdur;
    const found = { at: ts, kind, us: tdur };
    all.push(found);
    open.push({ end: ts + dur, found });
  }
  return all;
};

/** From a trace in which a page marked its frames; work before the first mark and after the last is left out. */
export const toFrameCosts = (trace: readonly TraceEvent[]): FrameCosts => {
  const sorted = [...trace].sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const marks = sorted.filter(({ name }) => name === frameMark);
  const [first] = marks;
  const own = sorted.filter(({ ph, pid, tid }) => ph === 'X' && pid === first?.pid && tid === first.tid);
  const starts = marks.map(({ ts }) => ts);
  const frames = starts.slice(1).map(() => ({ script: 0, style: 0, layout: 0, paint: 0 }));
  let index = 0;
  for (const { at, kind, us } of selfTimes(own)) {
    while (index < frames.length && (starts[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index++;
    const frame = frames[index];
    if (frame && at >= (starts[0] ?? Number.POSITIVE_INFINITY)) frame[kind] += us / 1000;
  }
  const sums = frames.map(({ script, style, layout }) => script + style + layout);
  const meanOf = (kind: CostKind): number =>
    frames.reduce((sum, frame) => sum + frame[kind], 0) / Math.max(1, frames.length);
  return {
    frames: frames.length,
    mean: {
      ...{ script: meanOf('script'), style: meanOf('style') },
      ...{ layout: meanOf('layout'), paint: meanOf('paint') },
    },
    ...{
      p50: quantile(sums, 0.5),
      p95: quantile(sums, 0.95),
      p99: quantile(sums, 0.99),
      max: quantile(sums, 1),
    },
  };
};
