import type { ModelCard } from '../../core/schema/model-card.ts';
import { createFindDetections, type FindDetections } from '../decode/decoder.ts';
import { type InputSize, inputSizeFor, loadFittedModel } from './fitted-model.ts';
import { openSession, type Session } from './session.ts';

/** A session with the reader of its answers. */
export interface FittedSession extends Session {
  readonly find: FindDetections;
}

/** Sessions of a thread: the whole input, and the shapes of picture that cameras have. Each holds about 40 MB. */
const maxSessions = 3;

/**
 * One model's sessions on one thread, each for pictures of one shape, opened when the first such picture comes. One
 * shape too many, and one that the model does not take, are looked at with the whole input.
 */
export class FittedSessions {
  readonly #card: ModelCard;
  readonly #modelPath: string;
  readonly #whole: FittedSession;
  readonly #fitted = new Map<string, FittedSession>();

  private constructor(card: ModelCard, modelPath: string, whole: FittedSession) {
    this.#card = card;
    this.#modelPath = modelPath;
    this.#whole = whole;
    this.#fitted.set(keyOf(card.input), whole);
  }

  /** Opens the one for the whole input. Throws `model-unreadable`, `model-shape-mismatch`. */
  static async open(card: ModelCard, modelPath: string): Promise<FittedSessions> {
    const find = createFindDetections(card);
    return new FittedSessions(card, modelPath, { find, ...(await openSession(card, modelPath)) });
  }

  /** The one for pictures of that many pixels. */
  async of(picture: InputSize): Promise<FittedSession> {
    const size = inputSizeFor(this.#card, picture);
    const known = this.#fitted.get(keyOf(size));
    if (known) return known;
    const opened = await this.#open(size);
    this.#fitted.set(keyOf(size), opened);
    return opened;
  }

  async close(): Promise<void> {
    for (const session of new Set(this.#fitted.values())) await session.close();
  }

  async #open(size: InputSize): Promise<FittedSession> {
    if (new Set(this.#fitted.values()).size >= maxSessions) return this.#whole;
    try {
      const { card, bytes, takes } = await loadFittedModel(this.#card, size, this.#modelPath);
      const session = await openSession(card, bytes, takes);
      return { find: createFindDetections(card), ...session };
    } catch {
      return this.#whole; // it was trained or exported for one size only
    }
  }
}

const keyOf = ({ width, height }: InputSize): string => `${width}x${height}`;
