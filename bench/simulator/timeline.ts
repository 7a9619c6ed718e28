/** Every clip's rate. */
export const fps = 25;
export const frameMs = 1000 / fps;

/** A stretch of a camera's round: so many pictures of a reel, from its first on, the reel again when it is over. */
export interface PlanPart {
  reelId: string;
  frames: number;
}

/** What one simulated camera sends. Its round is repeated for ever. */
export interface CameraPlan {
  id: string;
  parts: readonly PlanPart[];
  /** Picture of the round that is sent first, when the simulator's time begins. */
  offsetFrames: number;
}

/** A stretch as it falls on the wall clock. */
export interface Showing {
  reelId: string;
  /** When its first picture is sent, in milliseconds since 1970. */
  startsAt: number;
  endsAt: number;
}

export const roundFrames = ({ parts }: Pick<CameraPlan, 'parts'>): number =>
  parts.reduce((sum, { frames }) => sum + frames, 0);

/** When a camera sends its picture number `n` (0: its first), given the moment of its first. */
export const sentAt = (firstAt: number, n: number): number => firstAt + n * frameMs;

/** The stretches of a camera that begin within a span of wall clock, in order. */
export const showingsWithin = (
  plan: CameraPlan,
  firstAt: number,
  span: { from: number; to: number },
): Showing[] => {
  const round = roundFrames(plan);
  const showings: Showing[] = [];
  let n = -plan.offsetFrames;
  // Whole rounds before the span are skipped rather than walked through.
  n += Math.max(0, Math.floor((span.from - sentAt(firstAt, n)) / (round * frameMs))) * round;
  for (;;) {
    for (const { reelId, frames } of plan.parts) {
      const startsAt = sentAt(firstAt, n);
      if (startsAt >= span.to) return showings;
      n += frames;
      if (startsAt >= span.from) showings.push({ reelId, startsAt, endsAt: sentAt(firstAt, n) });
    }
  }
};

/** Tells which picture of which reel is sent as number `n`; cheap for one that follows the one before. */
export class PlanCursor {
  readonly #plan: CameraPlan;
  readonly #round: number;
  #part = 0;
  /** Pictures of the round before the current part. */
  #partStart = 0;

  constructor(plan: CameraPlan) {
    this.#plan = plan;
    this.#round = roundFrames(plan);
  }

  at(n: number): { reelId: string; index: number } {
    const position = (this.#plan.offsetFrames + n) % this.#round;
    if (position < this.#partStart) this.#rewind();
    let part = this.#current();
    while (position >= this.#partStart + part.frames) {
      this.#partStart += part.frames;
      this.#part++;
      part = this.#current();
    }
    return { reelId: part.reelId, index: position - this.#partStart };
  }

  #current(): PlanPart {
    const part = this.#plan.parts[this.#part];
    if (!part) throw new RangeError(`the plan of ${this.#plan.id} has no part ${this.#part}`);
    return part;
  }

  #rewind(): void {
    this.#part = 0;
    this.#partStart = 0;
  }
}
