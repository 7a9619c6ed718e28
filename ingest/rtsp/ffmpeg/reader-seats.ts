import { streamError } from '../../errors.ts';
import { diagnosisOf } from '../diagnose.ts';

/**
 * How many cameras FFmpeg may read at a time: each keeps one thread of libuv's pool, which all threads of the process
 * share, to itself. Two camera threads that look in the same moment may take one more; the pool has some for that.
 */
export class ReaderSeats {
  readonly #count: number;
  readonly #taken: Int32Array;
  readonly #thread: number;

  /** `taken`: in shared memory, how many seats each camera thread has; this one's, which begins anew, at `thread`. */
  constructor(count: number, taken: Int32Array = new Int32Array(1), thread = 0) {
    this.#count = count;
    this.#taken = taken;
    this.#thread = thread;
    Atomics.store(taken, thread, 0);
  }

  /** Takes a seat, and gives what is to be called when it is free again. Throws `stream-no-capacity`. */
  take(): () => void {
    const taken = this.#taken.reduce((sum, _, thread) => sum + Atomics.load(this.#taken, thread), 0);
    if (taken >= this.#count) {
      const detail = `FFmpeg reads ${this.#count} cameras of this worker at most; raise the site's ffmpegCameras and start it again`;
      throw streamError('no-capacity', diagnosisOf('no-capacity', detail).message);
    }
    Atomics.add(this.#taken, this.#thread, 1);
    let isTaken = true;
    return () => {
      if (isTaken) Atomics.sub(this.#taken, this.#thread, 1);
      isTaken = false;
    };
  }
}
