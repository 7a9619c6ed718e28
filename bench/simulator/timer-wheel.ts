/** What the wheel needs of time: milliseconds that never go back, and one timer. */
export interface WheelTime {
  monotonic(): number;
  after(ms: number, call: () => void): () => void;
}

/** Late by more than this many turns, the wheel leaves out what was missed rather than send it in one burst. */
const maxTurnsBehind = 25;

/**
 * Calls all members once a turn, spread over the turn's slots, from one timer for all of them. Slots that were
 * missed because the process was busy are made up for at once, in order.
 */
export class TimerWheel<Member> {
  readonly #slots: readonly Member[][];
  readonly #slotMs: number;
  readonly #time: WheelTime;
  readonly #call: (member: Member, turn: number) => void;
  #startedAt = 0;
  #next = 0;
  #cancel: () => void = () => undefined;
  /** The most that a slot was late since last asked, in milliseconds. */
  #latestMs = 0;

  constructor(
    slotCount: number,
    turnMs: number,
    time: WheelTime,
    call: (member: Member, turn: number) => void,
  ) {
    this.#slots = Array.from({ length: slotCount }, () => []);
    this.#slotMs = turnMs / slotCount;
    this.#time = time;
    this.#call = call;
  }

  /** Puts a member into the next slot in turn; gives how long after a turn's beginning it is called. */
  add(index: number, member: Member): number {
    const slot = index % this.#slots.length;
    this.#slots[slot]?.push(member);
    return slot * this.#slotMs;
  }

  /** Begins turn 0 now. */
  start(): void {
    this.#startedAt = this.#time.monotonic();
    this.#run();
  }

  stop(): void {
    this.#cancel();
  }

  takeLatestMs(): number {
    const latest = this.#latestMs;
    this.#latestMs = 0;
    return latest;
  }

  #run(): void {
    const elapsed = this.#time.monotonic() - this.#startedAt;
    const due = Math.floor(elapsed / this.#slotMs);
    this.#latestMs = Math.max(this.#latestMs, elapsed - this.#next * this.#slotMs);
    this.#next = Math.max(this.#next, due - maxTurnsBehind * this.#slots.length);
    for (; this.#next <= due; this.#next++) this.#callSlot(this.#next);
    const waitMs = this.#startedAt + this.#next * this.#slotMs - this.#time.monotonic();
    this.#cancel = this.#time.after(Math.max(0, waitMs), () => this.#run());
  }

  #callSlot(tick: number): void {
    const turn = Math.floor(tick / this.#slots.length);
    for (const member of this.#slots[tick % this.#slots.length] ?? []) this.#call(member, turn);
  }
}
