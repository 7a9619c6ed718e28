import type { WatchedCamera } from '../../../alerts/index.ts';
import type { Metrics } from '../../../core/metrics.ts';
import { printSettings } from '../../../core/observations/settings-print.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import type { ObservationChunk } from '../../../core/schema/observation-chunk.ts';
import type { ObservedFrame } from '../../../core/stages.ts';
import { Recording } from './recording.ts';

export interface ObservationRecorderOptions {
  /** Resolves when the bus has it. */
  publish: (chunk: ObservationChunk) => Promise<void>;
  timezone: string;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  metrics: Metrics;
}

/** Chunks on their way to the bus; while it is away, further ones are dropped and counted. */
const maxUnderWay = 256;

/** Records what each camera's scenarios see, and sends it on in chunks. */
export class ObservationRecorder {
  readonly #options: ObservationRecorderOptions;
  readonly #recordings = new Map<string, Recording>();
  readonly #alerted = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  #tickedAt: number | undefined;

  constructor(options: ObservationRecorderOptions) {
    this.#options = options;
  }

  /** A camera is taken up, or its settings have changed. */
  set({ camera, scenarios, calendars = [], watchedUntil }: WatchedCamera): void {
    const { clock, timezone } = this.#options;
    const { id: cameraId, place } = camera;
    const settings = printSettings({ camera, scenarios, calendars, timezone });
    const known = this.#recordings.get(cameraId);
    if (known) {
      this.#send(known.change(place, settings));
      return;
    }
    const runAt = Math.round(clock.now());
    const recording = new Recording({
      cameraId,
      place,
      runAt,
      settings,
      watchedUntil,
      tickedAt: this.#tickedAt,
    });
    this.#recordings.set(cameraId, recording);
  }

  /** The camera is let go of. */
  remove(cameraId: string): void {
    const recording = this.#recordings.get(cameraId);
    this.#recordings.delete(cameraId);
    this.#alerted.delete(cameraId);
    if (recording) this.#send(recording.end());
  }

  /** The frame is on the grid. */
  look(frame: ObservedFrame): void {
    const { clock } = this.#options;
    this.#recordings.get(frame.cameraId)?.look(frame, this.#tickedAt, clock.monotonic());
  }

  interrupt(cameraId: string): void {
    this.#recordings.get(cameraId)?.interrupt();
  }

  /** A frame could not be stored. */
  skip(cameraId: string): void {
    this.#options.metrics.count(
      'xueliang_observations_unstorable_total',
      'Frames with times such as no frame can have, not recorded',
      { camera: cameraId },
    );
    this.#send(this.#recordings.get(cameraId)?.skip());
  }

  /** The camera's present look has led to an alert: what led to it is sent at once, lest a kill takes it. */
  alerted(cameraId: string): void {
    this.#alerted.add(cameraId);
  }

  /** The scenarios are through with the camera's present look. */
  settle(cameraId: string): void {
    const recording = this.#recordings.get(cameraId);
    const hasAlerted = this.#alerted.delete(cameraId);
    if (recording && (hasAlerted || recording.isFull)) this.#send(recording.close());
  }

  /** The scenarios have looked at the clock. */
  tick(now: number): void {
    this.#tickedAt = now;
    const monotonicMs = this.#options.clock.monotonic();
    for (const recording of this.#recordings.values()) {
      if (recording.isDue(monotonicMs)) this.#send(recording.close());
    }
  }

  /** Ends every recording and waits until the bus has all or refuses it. */
  async close(): Promise<void> {
    for (const cameraId of [...this.#recordings.keys()]) this.remove(cameraId);
    await Promise.all(this.#underWay);
  }

  #send(chunk: ObservationChunk | undefined): void {
    if (!chunk) return;
    if (this.#underWay.size >= maxUnderWay) {
      this.#countLost();
      return;
    }
    const sending = this.#options
      .publish(chunk)
      .catch(() => this.#countLost())
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    const { metrics } = this.#options;
    const bytes = 'Bytes of what scenarios saw, as sent to the bus';
    metrics.count('xueliang_observations_bytes_total', bytes, {}, chunk.data.length);
    metrics.count('xueliang_observations_looks_total', 'Looks of scenarios recorded', {}, chunk.looks);
  }

  #countLost(): void {
    this.#options.metrics.count(
      'xueliang_observations_unpublished_total',
      'Chunks of what scenarios saw that the bus did not take',
    );
  }
}
