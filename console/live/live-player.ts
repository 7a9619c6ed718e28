import type { Tier } from '../../core/schema/health.ts';
import { backOffMs } from '../http/back-off.ts';
import { openLiveConnection } from './live-connection.ts';
import { isFinal, type LiveState, stateOfEnd } from './live-state.ts';
import { canPlay, openMsePicture } from './mse-picture.ts';
import { OverlayMemory } from './overlay-memory.ts';
import type { Picture, PictureEvents } from './picture.ts';
import type { LiveStart, Told } from './told.ts';

export interface LivePlayerEvents {
  onState(state: LiveState): void;
  onTier(tier: Tier): void;
  /** A picture of that media time is shown, captured at that time. */
  onShown(mediaSeconds: number, capturedAt: number): void;
}

/** What a player is made of, for tests. */
export interface PlayerParts {
  connect: typeof openLiveConnection;
  canPlay(codec: string): boolean;
  openMse(start: LiveStart, events: PictureEvents): Picture;
  openMpeg1(start: LiveStart, events: PictureEvents): Promise<Picture>;
  backOffMs(failures: number): number;
}

const browserParts: PlayerParts = {
  connect: openLiveConnection,
  canPlay,
  openMse: openMsePicture,
  openMpeg1: async (start, events) => (await import('./mpeg1-picture.ts')).openMpeg1Picture(start, events),
  backOffMs,
};

/** Without a new picture for so long it is not live any more. */
const stalledMs = 2_500;
/** A connection that showed nothing for so long begins anew. */
const patienceMs = 12_000;
const watchMs = 500;
/** A camera that was gone for a moment is shown again soon; one that stays dark is asked for less and less. */
const darkRetryMs = (failures: number): number => Math.min(15_000, 3_000 * failures);

/** One camera, live in an element, for as long as it is open: it comes back by itself whatever ends it. */
export class LivePlayer {
  readonly overlay = new OverlayMemory();
  readonly #cameraId: string;
  readonly #host: HTMLElement;
  readonly #events: LivePlayerEvents;
  readonly #parts: PlayerParts;
  readonly #watching: ReturnType<typeof setInterval>;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #disconnect: (() => void) | undefined;
  #picture: Picture | undefined;
  #state: LiveState = { name: 'connecting' };
  #isMpeg1 = false;
  #failures = 0;
  /** Which start a picture belongs to: a late one of an earlier start is closed. */
  #turn = 0;
  #lastSign = performance.now();
  #lastShown: { at: number; clock: number } | undefined;

  constructor(cameraId: string, host: HTMLElement, events: LivePlayerEvents, parts = browserParts) {
    this.#cameraId = cameraId;
    this.#host = host;
    this.#events = events;
    this.#parts = parts;
    this.#watching = setInterval(() => this.#watch(), watchMs);
    events.onState(this.#state);
    this.#connect();
  }

  /** The camera is said to give pictures again: does not wait for its turn. */
  wake(): void {
    if (this.#disconnect || this.#state.name !== 'dead') return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  close(): void {
    clearInterval(this.#watching);
    clearTimeout(this.#retry);
    this.#end();
  }

  #connect(): void {
    this.#lastSign = performance.now();
    this.#disconnect = this.#parts.connect(this.#cameraId, this.#isMpeg1, {
      onTold: (told) => this.#told(told),
      onBytes: (bytes) => this.#picture?.put(bytes),
      onGone: (reason) => this.#gone(reason),
    });
  }

  #told(told: Told): void {
    if (told.type === 'tracks') this.overlay.put(told);
    else if (told.type === 'tier') this.#events.onTier(told.tier);
    else if (told.type === 'start') void this.#start(told);
  }

  async #start(start: LiveStart): Promise<void> {
    this.#drop();
    const turn = this.#turn;
    if (start.codec !== 'mpeg1' && !this.#parts.canPlay(start.codec)) {
      this.#isMpeg1 = true;
      this.#end();
      this.#connect();
      return;
    }
    const events: PictureEvents = {
      onShown: (mediaSeconds) => this.#shown(turn, start, mediaSeconds),
      onBroken: () => {
        if (turn === this.#turn) this.#gone('player-broken');
      },
    };
    if (start.codec !== 'mpeg1') this.#show(this.#parts.openMse(start, events));
    else {
      const picture = await this.#parts.openMpeg1(start, events);
      if (turn === this.#turn) this.#show(picture);
      else picture.close();
    }
  }

  #show(picture: Picture): void {
    this.#picture = picture;
    this.#host.replaceChildren(picture.element);
  }

  #shown(turn: number, { startedAt }: LiveStart, mediaSeconds: number): void {
    if (turn !== this.#turn) return;
    this.#lastSign = performance.now();
    this.#lastShown = { at: this.#lastSign, clock: Date.now() };
    this.#failures = 0;
    if (this.#state.name !== 'live') this.#be({ name: 'live' });
    this.#events.onShown(mediaSeconds, startedAt + mediaSeconds * 1000);
  }

  /** A picture that stands still is not shown as live. */
  #watch(): void {
    const silentMs = performance.now() - this.#lastSign;
    if (this.#state.name === 'live' && silentMs > stalledMs)
      this.#be({ name: 'stalled', since: this.#lastShown?.clock ?? Date.now() });
    if (this.#disconnect && silentMs > patienceMs) this.#gone('silent');
  }

  #gone(reason: string): void {
    this.#end();
    this.#failures++;
    const told = stateOfEnd(reason);
    if (told) this.#be(told);
    else if (this.#state.name !== 'stalled')
      this.#be(this.#lastShown ? { name: 'stalled', since: this.#lastShown.clock } : { name: 'connecting' });
    if (isFinal(reason)) return;
    const waitMs = this.#parts.backOffMs(this.#failures);
    this.#retry = setTimeout(
      () => this.#connect(),
      told ? Math.max(darkRetryMs(this.#failures), waitMs) : waitMs,
    );
  }

  #be(state: LiveState): void {
    this.#state = state;
    if (state.name === 'dead' || state.name === 'refused') this.#host.replaceChildren();
    this.#events.onState(state);
  }

  #end(): void {
    this.#disconnect?.();
    this.#disconnect = undefined;
    this.#drop();
  }

  #drop(): void {
    this.#turn++;
    this.#picture?.close();
    this.#picture = undefined;
    this.overlay.clear();
  }
}
