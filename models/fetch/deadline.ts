import type { Clock } from '../../core/runtime/clock.ts';
import { modelError } from '../errors.ts';

/**
 * Does `work` with a signal that aborts when the outer one does or after `ms`; in the latter case rejects with
 * `model-source-timeout`, whether the work has noticed or not.
 */
export const within = async <Result>(
  ms: number,
  what: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const ended = new AbortController();
  const late = new AbortController();
  const tooLate = new Promise<never>((_, reject) => {
    void clock.sleep(ms, ended.signal).then(() => {
      if (ended.signal.aborted) return;
      late.abort();
      reject(modelError('model-source-timeout', `${what} took longer than ${ms / 1000} s`, { ms }));
    });
  });
  try {
    return await Promise.race([work(AbortSignal.any([signal, late.signal])), tooLate]);
  } finally {
    ended.abort();
  }
};
