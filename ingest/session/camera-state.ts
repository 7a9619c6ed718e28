import type { CameraCause, CameraState } from '../../core/schema/health.ts';
import type { Diagnosis } from '../rtsp/diagnose.ts';

export interface StateNow {
  state: CameraState;
  /** Milliseconds since 1970. */
  since: number;
  cause: CameraCause | undefined;
  message: string | undefined;
}

/** The state of one camera as its operator sees it: a camera that was lost stays lost until it is live again. */
export class CameraStateBoard {
  #now: StateNow;

  constructor(at: number) {
    this.#now = { state: 'waiting', since: at, cause: undefined, message: undefined };
  }

  get now(): StateNow {
    return this.#now;
  }

  /** Waits for its turn to connect. */
  waiting(at: number, diagnosis: Diagnosis | undefined): boolean {
    return this.#now.state !== 'lost' && this.#move('waiting', at, diagnosis);
  }

  connecting(at: number): boolean {
    return this.#now.state !== 'lost' && this.#move('connecting', at, undefined);
  }

  live(at: number): boolean {
    return this.#move('live', at, undefined);
  }

  lost(at: number, diagnosis: Diagnosis): boolean {
    return this.#move('lost', at, diagnosis);
  }

  /** Whether anything has changed. */
  #move(state: CameraState, at: number, diagnosis: Diagnosis | undefined): boolean {
    const { cause, message } = diagnosis ?? { cause: undefined, message: undefined };
    const isSame = state === this.#now.state && cause === this.#now.cause;
    this.#now = { state, since: isSame ? this.#now.since : at, cause, message };
    return !isSame;
  }
}
