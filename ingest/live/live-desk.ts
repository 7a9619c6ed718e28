import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { LiveChunk, LivePicture, LiveSource, LiveViewer } from '../../core/stages.ts';
import { liveError } from './errors.ts';
import { LiveFanOut } from './live-fan-out.ts';
import { busy } from './open-pictures.ts';

/** The thread that has a camera, as far as showing it goes. */
export interface ShowingThread {
  takePicture(cameraId: string): Promise<LivePicture>;
  wantLive(cameraId: string, isWanted: boolean): void;
}

export interface LiveDeskDeps {
  clock: Clock;
  metrics: Metrics;
  status: (cameraId: string) => CameraStatus | undefined;
  threadOf: (cameraId: string) => ShowingThread | undefined;
}

/** Pictures a second of one worker: a wall of forty cameras every four seconds. */
const picturesPerSecond = 10;

/** Shows a worker's cameras to people, and only what is so now: a dark camera is said to be dark. */
export class LiveDesk implements Pick<LiveSource, 'picture'> {
  readonly #deps: LiveDeskDeps;
  readonly #fanOut: LiveFanOut;
  /** When the latest pictures were asked for, oldest first. */
  readonly #asked: number[] = [];

  constructor(deps: LiveDeskDeps) {
    this.#deps = deps;
    const want = (cameraId: string, isWanted: boolean): void =>
      deps.threadOf(cameraId)?.wantLive(cameraId, isWanted);
    this.#fanOut = new LiveFanOut({ clock: deps.clock, metrics: deps.metrics, want });
  }

  async picture(cameraId: string): Promise<LivePicture> {
    const thread = this.#threadOfLive(cameraId);
    const now = this.#deps.clock.monotonic();
    while (now - (this.#asked[0] ?? now) >= 1000) this.#asked.shift();
    if (this.#asked.length >= picturesPerSecond) throw busy();
    this.#asked.push(now);
    return thread.takePicture(cameraId);
  }

  watch(cameraId: string, viewer: LiveViewer): () => void {
    this.#threadOfLive(cameraId);
    return this.#fanOut.watch(cameraId, viewer);
  }

  take(cameraId: string, chunk: LiveChunk): void {
    this.#fanOut.take(cameraId, chunk);
  }

  /** To be called every second: who watches a camera that has gone dark is told so. */
  tick(): void {
    for (const cameraId of this.#fanOut.cameraIds) {
      const status = this.#deps.status(cameraId);
      if (status?.state !== 'live') this.end(cameraId, `camera-dark: ${darkness(cameraId, status)}`);
    }
  }

  end(cameraId: string, reason: string): void {
    this.#fanOut.end(cameraId, reason);
  }

  close(): void {
    for (const cameraId of this.#fanOut.cameraIds) this.end(cameraId, 'closing: the worker is closing');
  }

  #threadOfLive(cameraId: string): ShowingThread {
    const thread = this.#deps.threadOf(cameraId);
    if (!thread) throw liveError('camera-not-held', `camera '${cameraId}' is not watched by this worker`);
    const status = this.#deps.status(cameraId);
    if (status?.state === 'live') return thread;
    throw liveError('camera-dark', darkness(cameraId, status), {
      ...(status ? { since: status.since, state: status.state } : {}),
    });
  }
}

/** Since when, and why. */
const darkness = (cameraId: string, status: CameraStatus | undefined): string => {
  if (!status) return `camera '${cameraId}' gives no picture`;
  const since = new Date(status.since).toISOString();
  const why = [status.state, status.cause, status.message].filter((part) => part !== undefined).join(', ');
  return `camera '${cameraId}' gives no picture since ${since}: ${why}`;
};
