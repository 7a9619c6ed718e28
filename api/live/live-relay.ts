import { buffer } from 'node:stream/consumers';
import type { Bus } from '../../core/bus/bus.ts';
import type { LiveDoor } from '../../core/bus/live-door.ts';
import { isAppError } from '../../core/errors.ts';
import { toUnwatchedError } from '../../core/explanation/unwatched.ts';
import { type LiveMessage, readMessages } from '../../core/live/messages.ts';
import { withoutSecrets } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Resources } from '../../core/resources.ts';
import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { apiError } from '../errors.ts';
import { askDoor } from './ask-door.ts';
import type { LiveStatus } from './live-status.ts';

/** How a viewer wants to see a camera. */
export interface LiveWish {
  /** With what was found in the pictures. */
  tracks: boolean;
  /** Encoded anew, for who cannot play what the camera sends. */
  mpeg1: boolean;
}

/** One viewer's connection. */
export interface LiveSink {
  /** Resolves when the connection has taken it: nothing piles up here. */
  send(message: LiveMessage): Promise<void>;
  close(reason: string): void;
}

/** A viewer, until it has gone. */
export interface LiveConnection {
  sink: LiveSink;
  gone: AbortController;
  mayLook: () => boolean;
}

export interface LiveRelayDeps {
  bus: Pick<Bus, 'liveDoor'>;
  resources: Resources;
  live: Pick<LiveStatus, 'cameras'>;
  clock: Clock;
  metrics: Metrics;
}

const maxViewers = 64;
const recheckMs = 1_000;

/** Carries cameras' pictures from the workers that hold them to who may see them. */
export class LiveRelay {
  readonly #deps: LiveRelayDeps;
  readonly #viewers = new Set<AbortController>();

  constructor(deps: LiveRelayDeps) {
    this.#deps = deps;
  }

  /** Throws `camera-unwatched`, `door-…` or what the worker says. */
  async picture(camera: Camera): Promise<{ jpeg: Buffer; capturedAt: string }> {
    const response = await askDoor(await this.#door(camera), '/picture', new AbortController().signal);
    return { jpeg: await buffer(response), capturedAt: String(response.headers['x-captured-at']) };
  }

  /** Throws `streams-exhausted`. */
  refuseWhenFull(): void {
    if (this.#viewers.size >= maxViewers)
      throw apiError('streams-exhausted', `${maxViewers} live streams are open; close one of them`);
  }

  /** Shows a camera until the viewer has gone, may not see it any more, or nothing more comes. Never rejects. */
  async show(camera: Camera, wish: LiveWish, viewer: LiveConnection): Promise<void> {
    const { sink, gone, mayLook } = viewer;
    this.#count(() => this.#viewers.add(gone));
    let reason = 'worker-gone: the worker has ended; come back';
    const end = (why: string): void => {
      reason = why;
      gone.abort();
    };
    const checking = runEvery(this.#deps.clock, recheckMs, gone.signal, () => {
      if (!mayLook()) end('signed-out: you may not see this camera any more');
    });
    try {
      const source = await askDoor(await this.#door(camera), toPath(wish), gone.signal);
      for await (const message of readMessages(source)) {
        if (gone.signal.aborted) break;
        const why = typeof message === 'string' ? endOf(message) : undefined;
        if (why === undefined) await sink.send(message);
        else reason = why; // told once, by closing
      }
    } catch (error) {
      // Others are a connection that broke, which the reason says already.
      if (isAppError(error) && !gone.signal.aborted)
        reason = `${error.code}: ${withoutSecrets(error.message)}`;
    }
    gone.abort();
    await checking;
    this.#count(() => this.#viewers.delete(gone));
    sink.close(reason);
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.abort();
  }

  async #door(camera: Camera): Promise<LiveDoor> {
    const { bus, resources, live, clock } = this.#deps;
    const door = await bus.liveDoor(camera.id);
    if (door) return door;
    const timezone = resources.site().timezone ?? defaultTimezone;
    throw toUnwatchedError(camera, live.cameras.get(camera.id)?.value, clock.now(), timezone);
  }

  #count(change: () => void): void {
    change();
    const help = 'Live streams that are being relayed';
    this.#deps.metrics.gauge('xueliang_api_live_streams', help, this.#viewers.size);
  }
}

const toPath = ({ tracks, mpeg1 }: LiveWish): `/live${string}` => {
  const search = new URLSearchParams({ ...(tracks && { tracks: '1' }), ...(mpeg1 && { codec: 'mpeg1' }) });
  return search.size > 0 ? `/live?${search}` : '/live';
};

/** Why the worker ends, when that is what it says. */
const endOf = (text: string): string | undefined => {
  const { type, reason } = JSON.parse(text) as { type?: unknown; reason?: unknown };
  return type === 'end' && typeof reason === 'string' ? reason : undefined;
};
