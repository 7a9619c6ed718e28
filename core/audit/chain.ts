import { createHash } from 'node:crypto';
import type { AuditAnchor, AuditEntry, AuditRecord } from '../schema/audit.ts';

/** What the first record follows. */
export const noRecordHash = '0'.repeat(64);

export type ChainHead = Pick<AuditRecord, 'number' | 'hash'>;

export const emptyHead: ChainHead = { number: 0, hash: noRecordHash };

/** JSON with its keys in order, so that the same entry always has the same hash. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const hashOf = ({
  hash: _,
  ...rest
}: AuditRecord | (Omit<AuditRecord, 'hash'> & { hash?: string })): string =>
  createHash('sha256').update(canonical(rest)).digest('hex');

/** The record that follows `head`. */
export const chainOn = (head: ChainHead, entry: AuditEntry): AuditRecord => {
  const record = { schemaVersion: 1 as const, number: head.number + 1, previous: head.hash, entry };
  return { ...record, hash: hashOf(record) };
};

/** What is wrong with a chain, and from which record on. */
export interface ChainFault {
  number: number;
  /** `remade` is of a bus stream that does not count on from what was in it. */
  fault: 'changed' | 'missing' | 'cut' | 'rewritten' | 'remade';
}

/**
 * Checks records, the first one first, against themselves and against anchors that were kept elsewhere. `changed`: a
 * record does not fit its hash. `missing`: it does not follow the one before. `cut`: an anchor knows of later records.
 * `rewritten`: all fits, but an anchor knew another record under this number. Finds the first fault only: behind it
 * nothing can be said.
 */
export class ChainCheck {
  readonly #anchors: ReadonlyMap<number, string>;
  readonly #lastAnchored: number;
  #head: ChainHead;
  #fault: ChainFault | undefined;

  /** `start`: what the first record follows, where the log is kept from a later record on. */
  constructor(anchors: readonly Pick<AuditAnchor, 'number' | 'hash'>[], start: ChainHead = emptyHead) {
    this.#head = start;
    this.#anchors = new Map(anchors.map(({ number, hash }) => [number, hash]));
    this.#lastAnchored = anchors.reduce((most, { number }) => Math.max(most, number), 0);
  }

  /** The next record. */
  take(record: AuditRecord): void {
    if (this.#fault) return;
    const { number, previous, hash } = record;
    const anchored = this.#anchors.get(number);
    if (number !== this.#head.number + 1 || previous !== this.#head.hash) {
      this.#fault = {
        number: this.#head.number + 1,
        fault: number > this.#head.number + 1 ? 'missing' : 'changed',
      };
    } else if (hashOf(record) !== hash) this.#fault = { number, fault: 'changed' };
    else if (anchored !== undefined && anchored !== hash) this.#fault = { number, fault: 'rewritten' };
    else this.#head = { number, hash };
  }

  /** How it stands after the records so far. */
  state(): { head: ChainHead; fault: ChainFault | undefined } {
    return { head: this.#head, fault: this.#fault };
  }

  /** To be asked when there are no more records. */
  end(): { head: ChainHead; fault: ChainFault | undefined } {
    const isCut = this.#head.number < this.#lastAnchored;
    const cut: ChainFault | undefined = isCut ? { number: this.#head.number + 1, fault: 'cut' } : undefined;
    return { head: this.#head, fault: this.#fault ?? cut };
  }
}
