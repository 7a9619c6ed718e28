import type { Sides } from './create-sides.ts';
import type { BenchOptions, SideName } from './options.ts';
import type { Measured } from './report/measured.ts';

/** Sides that are measured once; the others in every round, in turn, so that what the machine does meanwhile meets all. */
const once: ReadonlySet<SideName> = new Set(['ours5', 'mixed', 'main', 'one', 'quiet']);

/**
 * Runs every side that is asked for, one after the other, and that as often as there are rounds. When `signal` aborts it
 * gives what there is by then.
 */
export const runSides = async (
  names: readonly SideName[],
  sides: Sides,
  { rounds, seconds, length }: Pick<BenchOptions, 'rounds' | 'seconds' | 'length'>,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Measured> => {
  const measured: Measured = {
    ours: [],
    ours5: [],
    mixed: [],
    main: [],
    quiet: [],
    plain: [],
    motion: [],
    limits: [],
    one: [],
  };
  const take = async <Side extends SideName>(side: Side, round: number): Promise<void> => {
    say(`round ${round + 1}   ${side}, ${seconds[side]} s`);
    measured[side].push(await sides[side](seconds[side]));
  };
  for (let round = 0; round < rounds; round++) {
    for (const side of names) {
      if (signal.aborted) return measured;
      if (round > 0 && (once.has(side) || (length === 'long' && side === 'ours'))) continue;
      await take(side, round).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }
  return measured;
};
