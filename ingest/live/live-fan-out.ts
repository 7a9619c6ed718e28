import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { LiveChunk, LiveViewer } from '../../core/stages.ts';
import { liveError } from './errors.ts';

export interface LiveFanOutDeps {
  clock: Clock;
  metrics: Metrics;
  /** Begins or ends the fragments of a camera. */
  want: (cameraId: string, isWanted: boolean) => void;
}

type Fragment = Extract<LiveChunk, { type: 'fragment' }>;
type Start = Extract<LiveChunk, { type: 'start' }>;

interface Watching {
  viewer: LiveViewer;
  hasStarted: boolean;
  /** It gets nothing before the next keyframe. */
  waits: boolean;
  /** Since when it does not take what it is given. */
  slowSince: number | undefined;
}

interface Shown {
  start: Start | undefined;
  /** The open GOP, for who comes next; nothing when it has outgrown its bound. */
  gop: Fragment[];
  gopBytes: number;
  /** A viewer with more waiting is slow. */
  mostBytes: number;
  watching: Set<Watching>;
}

/** Each costs a stream's rate twice over: out of the worker, and through the API. */
export const maxViewers = 32;
const maxGopBytes = 8 * 1024 ** 2;
/** What waits for longer is the past when it is seen. */
const mostSeconds = 3;
/** Three seconds of a 4 Mbit/s camera; and as much as the open GOP that a viewer is given at once. */
const maxBufferedBytes = 1.5 * 1024 ** 2;
const minBufferedBytes = 256 * 1024;
const patienceMs = 10_000;

/** Gives each camera's fragments to all who watch it. A slow viewer loses pictures, then its place; no other waits for it. */
export class LiveFanOut {
  readonly #deps: LiveFanOutDeps;
  readonly #shown = new Map<string, Shown>();
  #viewers = 0;

  constructor(deps: LiveFanOutDeps) {
    this.#deps = deps;
  }

  /** The cameras that somebody watches. */
  get cameraIds(): string[] {
    return [...this.#shown.keys()];
  }

  /** Shows the camera until the returned function is called. Throws `live-full`. */
  watch(cameraId: string, viewer: LiveViewer): () => void {
    if (this.#viewers >= maxViewers)
      throw liveError('live-full', `${maxViewers} viewers watch this worker's cameras; close one of them`);
    const known = this.#shown.get(cameraId);
    const shown = known ?? {
      start: undefined,
      gop: [],
      gopBytes: 0,
      mostBytes: maxBufferedBytes,
      watching: new Set<Watching>(),
    };
    const watching: Watching = { viewer, hasStarted: false, waits: true, slowSince: undefined };
    shown.watching.add(watching);
    this.#shown.set(cameraId, shown);
    this.#count(1);
    if (known) this.#catchUp(shown, watching);
    else this.#deps.want(cameraId, true);
    return () => this.#leave(cameraId, shown, watching);
  }

  take(cameraId: string, chunk: LiveChunk): void {
    const shown = this.#shown.get(cameraId);
    if (!shown) return;
    if (chunk.type === 'start') {
      shown.start = chunk;
      this.#keepNothing(shown);
      for (const watching of shown.watching) begin(watching, chunk);
      return;
    }
    if (!shown.start) return;
    this.#keep(shown, chunk);
    for (const watching of [...shown.watching]) this.#give(cameraId, shown, watching, chunk);
  }

  /** Nothing comes of a camera any more. */
  end(cameraId: string, reason: string): void {
    const shown = this.#shown.get(cameraId);
    if (!shown) return;
    for (const watching of [...shown.watching]) {
      this.#leave(cameraId, shown, watching);
      watching.viewer.end(reason);
    }
  }

  #catchUp({ start, gop }: Shown, watching: Watching): void {
    if (!start) return;
    begin(watching, start);
    if (gop.length === 0) return;
    watching.waits = false;
    for (const fragment of gop) watching.viewer.take(fragment);
  }

  #give(cameraId: string, shown: Shown, watching: Watching, fragment: Fragment): void {
    const { viewer } = watching;
    if (!watching.hasStarted || (watching.waits && !fragment.isKeyframe)) return;
    if (viewer.bufferedBytes <= shown.mostBytes) {
      watching.waits = false;
      watching.slowSince = undefined;
      viewer.take(fragment);
      return;
    }
    const { clock, metrics } = this.#deps;
    const now = clock.monotonic();
    watching.waits = true;
    watching.slowSince ??= now;
    metrics.count('xueliang_live_dropped_total', 'Times a slow viewer was made to wait for a keyframe');
    if (now - watching.slowSince < patienceMs) return;
    this.#leave(cameraId, shown, watching);
    viewer.end('too-slow: this connection does not take what the camera sends');
  }

  #keep(shown: Shown, fragment: Fragment): void {
    if (fragment.isKeyframe) {
      shown.mostBytes = mostWaiting(shown, fragment.mediaSeconds) ?? shown.mostBytes;
      this.#keepNothing(shown);
    } else if (shown.gop.length === 0) return;
    shown.gop.push(fragment);
    shown.gopBytes += fragment.bytes.length;
    if (shown.gopBytes > maxGopBytes) this.#keepNothing(shown);
  }

  #keepNothing(shown: Shown): void {
    shown.gop = [];
    shown.gopBytes = 0;
  }

  #leave(cameraId: string, shown: Shown, watching: Watching): void {
    if (!shown.watching.delete(watching)) return;
    this.#count(-1);
    if (shown.watching.size > 0 || this.#shown.get(cameraId) !== shown) return;
    this.#shown.delete(cameraId);
    this.#deps.want(cameraId, false);
  }

  #count(by: number): void {
    this.#viewers += by;
    this.#deps.metrics.gauge('xueliang_live_viewers', 'Viewers of live pictures', this.#viewers);
  }
}

const begin = (watching: Watching, start: Start): void => {
  watching.hasStarted = true;
  watching.waits = true;
  watching.viewer.take(start);
};

/** By the rate of the GOP that has ended; nothing when none was kept. */
const mostWaiting = ({ gop: [first], gopBytes }: Shown, endsAt: number): number | undefined => {
  const seconds = first ? endsAt - first.mediaSeconds : 0;
  if (seconds <= 0) return undefined;
  return Math.min(maxBufferedBytes, Math.max(minBufferedBytes, (gopBytes / seconds) * mostSeconds));
};
