import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endChild } from '../../core/runtime/child.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { modelError } from '../errors.ts';
import { within } from './deadline.ts';

export interface CommandOptions {
  folder: string;
  timeoutMs: number;
  clock: Clock;
  signal: AbortSignal;
}

const maxTailChars = 600;
const graceMs = 3000;

/** Runs a program to its end without a shell. Throws `model-source-failed` with the end of what it complained about. */
export const runCommand = async (
  program: string,
  args: readonly string[],
  { folder, timeoutMs, clock, signal }: CommandOptions,
): Promise<void> => {
  signal.throwIfAborted();
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-maxTailChars);
  });
  const what = `'${[program, ...args.slice(0, 1)].join(' ')}'`;
  try {
    const code = await within(timeoutMs, what, { clock, signal }, (limit) => untilClosed(child, what, limit));
    if (code !== 0)
      throw modelError(
        'model-source-failed',
        `${what} ended with code ${code}: ${tail.replace(/\s+/g, ' ').trim()}`,
        { code },
      );
  } finally {
    await endChild(child, clock, graceMs);
  }
};

const untilClosed = async (child: ChildProcess, what: string, signal: AbortSignal): Promise<unknown> => {
  try {
    // The event comes after standard error has been read to its end.
    const [code]: unknown[] = await once(child, 'close', { signal });
    return code;
  } catch (cause) {
    signal.throwIfAborted();
    throw modelError('model-source-failed', `${what} cannot be run; is it installed and on the path?`, {
      cause,
    });
  }
};
