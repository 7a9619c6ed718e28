import type { Label } from '../../core/schema/label.ts';

/** Which of a group's labels an object bears: a small model swaps car, van and truck from frame to frame. */
export class LabelVote {
  readonly #weights = new Map<Label, number>();
  #winner: Label;

  constructor(label: Label, score: number) {
    this.#winner = label;
    this.add(label, score);
  }

  get winner(): Label {
    return this.#winner;
  }

  /** Gives `label` a vote that weighs as much as the model was sure of it. */
  add(label: Label, score: number): void {
    const weight = (this.#weights.get(label) ?? 0) + score;
    this.#weights.set(label, weight);
    if (weight > (this.#weights.get(this.#winner) ?? 0)) this.#winner = label;
  }
}
