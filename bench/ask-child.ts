import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endChild } from '../core/runtime/child.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { benchError } from './errors.ts';

const graceMs = 3000;

/** Sends a child a message and resolves with its next one. Throws `bench-side-failed` when it ends instead. */
export const askChild = async <Answer>(child: ChildProcess, demand: object | string): Promise<Answer> => {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  child.once('exit', end);
  try {
    const answer = once(child, 'message', { signal: ended.signal });
    child.send(demand);
    return (await answer)[0] as Answer;
  } catch (cause) {
    throw benchError('bench-side-failed', `the process '${child.spawnargs.at(-1)}' ended by itself`, {
      cause,
    });
  } finally {
    child.off('exit', end);
  }
};

export const closeChild = (child: ChildProcess): Promise<void> => endChild(child, systemClock, graceMs);
