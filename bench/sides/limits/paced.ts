import { setTimeout as sleep } from 'node:timers/promises';
import { cpuUs } from './timed.ts';

/** Something that is due every so often. */
export interface Lane {
  periodMs: number;
  work: () => void | Promise<void>;
}

interface Turn extends Lane {
  dueMs: number;
  spentUs: number;
  count: number;
}

/**
 * CPU milliseconds for one turn of each lane, taken when they are due and with rests between, as work comes in a town: by
 * then another lane's memory is in the caches. What a machine is late by is made up for without rests.
 */
export const paced = async (lanes: readonly Lane[], seconds: number): Promise<number[]> => {
  const turns: Turn[] = lanes.map((lane, at) => ({
    ...lane,
    dueMs: (lane.periodMs * at) / lanes.length,
    spentUs: 0,
    count: 0,
  }));
  const startedAt = performance.now();
  for (;;) {
    const next = turns.reduce((first, turn) => (turn.dueMs < first.dueMs ? turn : first));
    if (next.dueMs >= seconds * 1000) break;
    const restMs = startedAt + next.dueMs - performance.now();
    if (restMs > 0) await sleep(restMs);
    const before = cpuUs();
    await next.work();
    next.spentUs += cpuUs() - before;
    next.count++;
    next.dueMs += next.periodMs;
  }
  return turns.map(({ spentUs, count }) => spentUs / 1000 / count);
};
