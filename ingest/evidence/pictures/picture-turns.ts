import { evidenceError } from '../errors.ts';

/** A telephone's picture takes up to some 150 MB while it is decoded: one at a time. */
const maxWaiting = 8;

/** Does one thing after the other, with a short line. */
export class PictureTurns {
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Throws `pictures-busy` when too many wait. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= maxWaiting)
      throw evidenceError('pictures-busy', `${this.#waiting} pictures wait already; try again in seconds`);
    this.#waiting++;
    const mine = this.#turn.then(work).finally(() => {
      this.#waiting--;
    });
    this.#turn = mine.catch(() => undefined); // whoever asked gets the error
    return mine;
  }
}
