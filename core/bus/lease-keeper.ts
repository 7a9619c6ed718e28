import type { Logger } from '../log.ts';
import { type Clock, runEvery } from '../runtime/clock.ts';
import type { LeaseStore } from './lease-store.ts';

export interface LeaseKeeperOptions {
  store: LeaseStore;
  holder: string;
  clock: Clock;
  log: Logger;
  /** The cameras there are now, and how many of them belong to this worker when all workers are well. */
  wanted: () => { cameraIds: readonly string[]; share: number; capacity: number };
  onGained: (cameraId: string) => void;
  onLost: (cameraId: string) => void;
}

export interface LeaseKeeper {
  /** Cameras held now. */
  readonly held: ReadonlySet<string>;
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

/** Beyond its share a worker takes only what nobody has renewed for this many rounds: its holder is gone. */
const orphanRounds = 4;

/**
 * Keeps leases on cameras for one worker: its share of them at once, more when others do not come back. While the
 * bus cannot be asked, what is held stays held: nobody else can take it either.
 */
export const createLeaseKeeper = (options: LeaseKeeperOptions): LeaseKeeper => {
  const { store, holder, clock, log, onGained, onLost } = options;
  const held = new Set<string>();
  const freeRounds = new Map<string, number>();
  const stopping = new AbortController();

  const lose = (cameraId: string): void => {
    held.delete(cameraId);
    onLost(cameraId);
  };

  const consider = async (cameraId: string, share: number, capacity: number): Promise<void> => {
    const isHeld = held.has(cameraId);
    if (!isHeld && held.size >= capacity) return;
    if (!isHeld && held.size >= share) {
      const rounds = (freeRounds.get(cameraId) ?? 0) + 1;
      freeRounds.set(cameraId, rounds);
      if (rounds < orphanRounds) return;
    }
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
    const { cameraIds, share, capacity } = options.wanted();
    const known = new Set(cameraIds);
    for (const cameraId of [...held].filter((id) => !known.has(id))) {
      lose(cameraId);
      await store.release(leaseKey(cameraId), holder).catch(() => undefined); // it lapses by itself
    }
    try {
      for (const cameraId of cameraIds) await consider(cameraId, share, capacity);
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
