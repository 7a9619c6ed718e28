import { streamError } from '../../errors.ts';
import { diagnosisOf } from '../diagnose.ts';

/** How many cameras of a thread FFmpeg may read at a time: each keeps one thread of libuv's pool to itself. */
export class ReaderSeats {
  readonly #count: number;
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** Takes a seat, and gives what is to be called when it is free again. Throws `stream-no-capacity`. */
  take(): () => void {
    if (this.#taken >= this.#count) {
      const detail = `FFmpeg reads ${this.#count} cameras on this thread at most; raise the site's ffmpegCameras and start it again`;
      throw streamError('no-capacity', diagnosisOf('no-capacity', detail).message);
    }
    this.#taken++;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken--;
      isTaken = false;
    };
  }
}
