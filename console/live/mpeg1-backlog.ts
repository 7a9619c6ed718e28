/** Of more than that, nothing is worth waiting for, however many pictures a second come; seconds. */
const mostWaiting = 0.28;

/** Whether a picture begins with a sequence header (ISO/IEC 11172-2): it and what follows need nothing before it. */
export const beginsAnew = ([first = new Uint8Array()]: readonly Uint8Array[]): boolean =>
  first[0] === 0 && first[1] === 0 && first[2] === 1 && first[3] === 0xb3;

/** Which pictures a decoder was given and has not shown. A slow one is spared those that are late. */
export class Mpeg1Backlog {
  /** Their times in seconds, oldest first. */
  #waiting: number[] = [];

  /** A part of the picture of that time is given. Whether those that wait are to be let go first: it needs none of them. */
  put(seconds: number, isNew: boolean): boolean {
    const isLate = isNew && seconds - (this.#waiting[0] ?? seconds) > mostWaiting;
    if (isLate) this.#waiting = [];
    if (this.#waiting.at(-1) !== seconds) this.#waiting.push(seconds);
    return isLate;
  }

  /** One was shown: its time. */
  shown(): number | undefined {
    return this.#waiting.shift();
  }
}
