import type { Logger } from '../log.ts';
import { type Clock, runEvery } from '../runtime/clock.ts';
import type { LeaseStore } from './lease-store.ts';

export interface LeaseKeeperOptions {
  store: LeaseStore;
  holder: string;
  clock: Clock;
  log: Logger;
  /** The cameras there are now, and how many of them belong to this worker when all workers are well. */
  wanted: () => { cameraIds: readonly string[]; share: number };
  /** Whether there is room for one more beside those that are held. */
  admits: (cameraId: string, held: ReadonlySet<string>) => boolean;
  onGained: (cameraId: string) => void;
  onLost: (cameraId: string) => void;
}

export interface LeaseKeeper {
  /** Cameras held now. */
  readonly held: ReadonlySet<string>;
  /** Cameras that this worker would take if it had room, and that nobody else holds. */
  readonly refused: ReadonlySet<string>;
  /** Looks at the leases once; done by itself every `renewEveryMs`. Rounds never overlap. */
  round(): Promise<void>;
  /** Gives one camera back because it could not be taken up; it is tried again in a later round. */
  giveBack(cameraId: string): Promise<void>;
  /** Gives everything back. */
  close(): Promise<void>;
}

/** A lease lapses when it has not been renewed for this long; renewed three times within. */
export const leaseTtlMs = 12_000;
const renewEveryMs = 4000;

/** Leases renewed together: one write to the bus for all of them, and few enough that their answers hold up nothing else. */
const renewedAtOnce = 16;

/** Beyond its share a worker takes only what nobody has renewed for this many rounds: its holder is gone. */
const orphanRounds = 4;

/**
 * Keeps leases on cameras for one worker: its share of them at once, more when others do not come back. While the
 * bus cannot be asked, what is held stays held: nobody else can take it either.
 */
export const createLeaseKeeper = (options: LeaseKeeperOptions): LeaseKeeper => {
  const { store, holder, clock, log, admits, onGained, onLost } = options;
  const held = new Set<string>();
  const refused = new Set<string>();
  const freeRounds = new Map<string, number>();
  const stopping = new AbortController();

  const lose = (cameraId: string): void => {
    held.delete(cameraId);
    onLost(cameraId);
  };

  /** Within its share at once; beyond it when nobody has come for it. */
  const isTurnOf = (cameraId: string, share: number): boolean => {
    if (held.size < share) return true;
    const rounds = (freeRounds.get(cameraId) ?? 0) + 1;
    freeRounds.set(cameraId, rounds);
    return rounds >= orphanRounds;
  };

  const refuse = async (cameraId: string): Promise<void> => {
    if ((await store.holderOf(leaseKey(cameraId))) === undefined) {
      refused.add(cameraId);
      return;
    }
    refused.delete(cameraId);
    freeRounds.set(cameraId, 0);
  };

  const consider = async (cameraId: string, share: number): Promise<void> => {
    const isHeld = held.has(cameraId);
    if (!isHeld && !isTurnOf(cameraId, share)) return;
    if (!isHeld && !admits(cameraId, held)) {
      await refuse(cameraId);
      return;
    }
    refused.delete(cameraId);
    const isMine = await store.hold(leaseKey(cameraId), holder);
    if (isMine) freeRounds.delete(cameraId);
    else freeRounds.set(cameraId, 0);
    if (isMine && !isHeld) {
      held.add(cameraId);
      onGained(cameraId);
    } else if (!isMine && isHeld) lose(cameraId);
  };

  let turn: Promise<void> = Promise.resolve();
  const round = (): Promise<void> => {
    turn = turn.then(renew);
    return turn;
  };
  const renew = async (): Promise<void> => {
    const { cameraIds, share } = options.wanted();
    const known = new Set(cameraIds);
    for (const cameraId of refused) if (!known.has(cameraId)) refused.delete(cameraId);
    for (const cameraId of [...held].filter((id) => !known.has(id))) {
      lose(cameraId);
      await store.release(leaseKey(cameraId), holder).catch(() => undefined); // it lapses by itself
    }
    try {
      const mine = cameraIds.filter((id) => held.has(id));
      const others = cameraIds.filter((id) => !held.has(id));
      for (let index = 0; index < mine.length; index += renewedAtOnce) {
        await together(mine.slice(index, index + renewedAtOnce).map((id) => consider(id, share)));
      }
      for (const id of others) await consider(id, share);
    } catch (error) {
      log.warn(
        { service: 'leases', err: error, held: held.size },
        'leases cannot be renewed; keeping what is held',
      );
    }
  };

  const keeping = runEvery(clock, renewEveryMs, stopping.signal, round);
  return {
    held,
    refused,
    round,
    giveBack: async (cameraId) => {
      held.delete(cameraId);
      await store.release(leaseKey(cameraId), holder).catch(() => undefined); // it lapses by itself
    },
    close: async () => {
      stopping.abort();
      await keeping;
      await turn;
      for (const cameraId of held) await store.release(leaseKey(cameraId), holder).catch(() => undefined); // lapses
      held.clear();
    },
  };
};

const leaseKey = (cameraId: string): string => `cameras.${cameraId}`;

/** Resolves when all are done, or rejects then with what the first one that failed did. */
const together = async (tasks: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(tasks)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
};
