import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { AlertEvent } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { alertsError } from '../errors.ts';

/** Where an event's file lies: not acknowledged, acknowledged a while ago, refused for good, or no event at all. */
export type Shelf = 'pending' | 'sent' | 'refused' | 'damaged';
const shelves: readonly Shelf[] = ['pending', 'sent', 'refused', 'damaged'];

export interface StoredEvent {
  event: AlertEvent;
  /** Grows from event to event: the order in which they were put in. */
  order: number;
  shelf: 'pending' | 'sent';
}

const StoredFile = Compile(
  closed({
    version: Type.Literal(1),
    order: Type.Integer({ minimum: 0 }),
    event: AlertEvent,
  }),
);

/** An alert's id and what happened: a file's name as it is. */
const eventIdPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[A-Za-z0-9][A-Za-z0-9._-]{0,36}$/;
const temporarySuffix = '.tmp';
const filesReadAtOnce = 32;
/** What nobody will deliver any more is kept for looking into, but not for ever. */
const maxSetAside = 1000;

/** One file per event in one folder, written so that a file that is there is whole, whenever the machine died. */
export class EventFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder when it is not there. Throws `outbox-unusable`. */
  async prepare(): Promise<void> {
    try {
      for (const shelf of shelves) await mkdir(this.#shelf(shelf), { recursive: true, mode: 0o700 });
      await syncFolder(this.folder);
    } catch (cause) {
      throw alertsError(
        'outbox-unusable',
        `the outbox folder '${this.folder}' cannot be used; give one that this user may write to`,
        { cause },
      );
    }
  }

  /** All events that are there, in the order they were put in; whatever is no event is set aside and counted. */
  async load(): Promise<{ stored: StoredEvent[]; damaged: number }> {
    const stored = new Map<string, StoredEvent>();
    let damaged = 0;
    for (const shelf of ['sent', 'pending'] as const) {
      for (const names of chunks(await readdir(this.#shelf(shelf)), filesReadAtOnce)) {
        const found = await Promise.all(names.map((name) => this.#read(shelf, name)));
        for (const item of found) {
          if (item === 'damaged') damaged++;
          else if (item) stored.set(item.event.eventId, item);
        }
      }
    }
    if (damaged > 0) await this.#forgetOldest('damaged');
    return { stored: [...stored.values()].sort((a, b) => a.order - b.order), damaged };
  }

  /**
   * Puts an event on the pending shelf; when it resolves, neither a kill nor a power cut takes it away. Throws
   * `outbox-disk-full` or `outbox-unwritable`.
   */
  async write(event: AlertEvent, order: number): Promise<void> {
    const file = this.#file('pending', event.eventId);
    try {
      const handle = await open(`${file}${temporarySuffix}`, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify({ version: 1, order, event }));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${file}${temporarySuffix}`, file);
      await syncFolder(this.#shelf('pending'));
    } catch (cause) {
      await rm(`${file}${temporarySuffix}`, { force: true }).catch(() => undefined); // it failed: that is told below
      throw toWriteError(cause, event.eventId, this.folder);
    }
  }

  /** Not synced: a move that a power cut undoes only has the event offered once more. */
  async move(eventId: string, from: 'pending' | 'sent', to: 'sent' | 'refused'): Promise<void> {
    await rename(this.#file(from, eventId), this.#file(to, eventId));
    if (to === 'refused') await this.#forgetOldest('refused');
  }

  async removeSent(eventId: string): Promise<void> {
    await rm(this.#file('sent', eventId), { force: true });
  }

  async #read(shelf: 'pending' | 'sent', name: string): Promise<StoredEvent | 'damaged' | undefined> {
    const file = path.join(this.#shelf(shelf), name);
    if (name.endsWith(temporarySuffix)) {
      await rm(file, { force: true, recursive: true }); // put() never resolved for it
      return undefined;
    }
    const value = await readFile(file, 'utf8')
      .then((text): unknown => JSON.parse(text))
      .catch(() => undefined);
    if (StoredFile.Check(value) && `${value.event.eventId}.json` === name) {
      return { event: value.event, order: value.order, shelf };
    }
    await rename(file, path.join(this.#shelf('damaged'), name)).catch(() => rm(file, { recursive: true }));
    return 'damaged';
  }

  /** ULIDs sort by time, so the first names are the oldest. */
  async #forgetOldest(shelf: Shelf): Promise<void> {
    const names = (await readdir(this.#shelf(shelf))).sort();
    for (const name of names.slice(0, -maxSetAside)) {
      await rm(path.join(this.#shelf(shelf), name), { force: true, recursive: true });
    }
  }

  #shelf(shelf: Shelf): string {
    return path.join(this.folder, shelf);
  }

  #file(shelf: Shelf, eventId: string): string {
    return path.join(this.#shelf(shelf), `${eventId}.json`);
  }
}

/** Throws `outbox-event-id` for an id that is not `<ULID>.<what>`: it names a file. */
export const checkEventId = ({ eventId, alertId }: AlertEvent): void => {
  if (eventIdPattern.test(eventId) && eventId.startsWith(`${alertId}.`)) return;
  throw alertsError('outbox-event-id', `alert event '${eventId}' is not named '<alert id>.<what>'`, {
    eventId,
  });
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const toWriteError = (cause: unknown, eventId: string, folder: string) => {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? alertsError(
        'outbox-disk-full',
        `alert event ${eventId}: the disk of the outbox '${folder}' is full; free some space, it is tried again`,
        { eventId, cause },
      )
    : alertsError(
        'outbox-unwritable',
        `alert event ${eventId}: cannot be written to the outbox '${folder}' (${code}); it is tried again`,
        { eventId, cause },
      );
};

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
