import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeTime } from 'ulid';
import type { Clock } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';

const dayMs = 86_400_000;
/** Days of which it is kept which alerts were raised: 50 bytes each. */
const keptDays = 8;

/** The name of a day's file: `2026-01-05.log`, days by UTC. */
export const journalName = (at: number): string => `${new Date(at).toISOString().slice(0, 10)}.log`;
export const journalPattern = /^\d{4}-\d{2}-\d{2}\.log$/;
/** Its first line says since when there is a journal. */
export const sinceName = 'since';

/** A line with its own check, so that a torn one is told from a whole one. */
export const toLine = (text: string): string => `${text} ${crc32(text).toString(16).padStart(8, '0')}\n`;

/** The text of a whole line. */
export const fromLine = (line: string): string | undefined => {
  const text = line.slice(0, -9);
  return toLine(text) === `${line}\n` ? text : undefined;
};

/**
 * Which alerts this outbox took in, a line each, in a file a day by the time in the alert's id. It outlives the events
 * themselves, so that what was raised can be compared with what arrived. Not synced: after a power cut the events of
 * the last minutes are still there and are written down again.
 */
export class Journal {
  readonly #folder: string;
  readonly #clock: Pick<Clock, 'now'>;
  #newest = '';
  /** The last line may be half a line: by a kill before the start, or by a full disk. */
  #mayBeTorn = true;

  constructor(outboxFolder: string, clock: Pick<Clock, 'now'>) {
    this.#folder = path.join(outboxFolder, 'journal');
    this.#clock = clock;
  }

  /** Makes the folder when it is not there, and begins to count from now on. */
  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if ((await readdir(this.#folder)).includes(sinceName)) return;
    await appendFile(path.join(this.#folder, sinceName), toLine(String(Math.round(this.#clock.now()))));
  }

  /** Writes down which alerts were raised; other events are left out. */
  async add(events: readonly AlertEvent[]): Promise<void> {
    const lines = new Map<string, string>();
    for (const { type, alertId, cameraId } of events) {
      if (type !== 'raised') continue;
      const name = journalName(decodeTime(alertId));
      lines.set(name, (lines.get(name) ?? '') + toLine(`${alertId} ${cameraId}`));
    }
    for (const [name, text] of lines) await this.#append(name, text);
  }

  async #append(name: string, text: string): Promise<void> {
    const before = this.#mayBeTorn ? '\n' : '';
    this.#mayBeTorn = true;
    await appendFile(path.join(this.#folder, name), before + text, { mode: 0o600 });
    this.#mayBeTorn = false;
    if (name <= this.#newest) return;
    this.#newest = name;
    await this.#forgetOldest();
  }

  async #forgetOldest(): Promise<void> {
    const oldest = journalName(this.#clock.now() - keptDays * dayMs);
    for (const name of await readdir(this.#folder)) {
      if (journalPattern.test(name) && name < oldest) await rm(path.join(this.#folder, name));
    }
  }
}
