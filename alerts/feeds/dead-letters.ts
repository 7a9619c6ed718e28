import type { DeadLetterStore } from '../../core/bus/dead-letters.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { DeadLetter } from '../../core/schema/feed.ts';
import type { StageDeps } from '../../core/stages.ts';

export interface DeadLettersOptions extends StageDeps {
  feedId: string;
  letters: DeadLetterStore;
}

/** Of one feed. The oldest go first when there are more. */
const maxLetters = 1000;

/** What one receiver was not told, for an operator to look at and to have sent again. */
export class DeadLetters {
  readonly #options: DeadLettersOptions;
  /** Sequences that are kept; read once, then followed, for this role alone writes them. */
  #kept: Promise<Set<number>> | undefined;
  lost = 0;

  constructor(options: DeadLettersOptions) {
    this.#options = options;
  }

  async add(letter: DeadLetter): Promise<void> {
    const { letters, feedId, metrics } = this.#options;
    const kept = await this.#known();
    await letters.put(letter);
    kept.add(letter.sequence);
    while (kept.size > maxLetters) {
      const oldest = Math.min(...kept);
      await letters.remove({ feedId, sequence: oldest });
      kept.delete(oldest);
      this.lost++;
      metrics.count('xueliang_alerts_dead_letters_lost_total', 'Dead letters that were too many', {
        feed: feedId,
      });
    }
  }

  async count(): Promise<number> {
    return (await this.#known()).size;
  }

  all(): Promise<DeadLetter[]> {
    return this.#options.letters.of(this.#options.feedId);
  }

  eventOf(letter: DeadLetter): Promise<AlertEvent | undefined> {
    return this.#options.letters.eventOf(letter);
  }

  async remove(letter: DeadLetter): Promise<void> {
    await this.#options.letters.remove(letter);
    (await this.#known()).delete(letter.sequence);
  }

  #known(): Promise<Set<number>> {
    this.#kept ??= this.all().then((letters) => new Set(letters.map(({ sequence }) => sequence)));
    this.#kept.catch(() => {
      this.#kept = undefined; // the bus was away: read when it is asked for next
    });
    return this.#kept;
  }
}
