import type { Sides } from './create-sides.ts';
import type { BenchOptions, SideName } from './options.ts';
import type { Measured } from './report/measured.ts';

/** Sides that are measured once; the others in every round, in turn, so that what the machine does meanwhile meets all. */
const once: ReadonlySet<SideName> = new Set(['ours5', 'mixed', 'main']);

/** Of the seconds that the program itself is given. */
const shares: Readonly<Record<SideName, number>> = {
  ours: 1,
  ours5: 0.5,
  mixed: 0.5,
  main: 0.5,
  quiet: 0.4,
  plain: 0.3,
  motion: 0.3,
  limits: 0.3,
};

/** Runs every side that is asked for, one after the other, and that as often as there are rounds. */
export const runSides = async (
  names: readonly SideName[],
  sides: Sides,
  { rounds, seconds }: Pick<BenchOptions, 'rounds' | 'seconds'>,
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
  };
  const take = async <Side extends SideName>(side: Side, round: number): Promise<void> => {
    const share = seconds * shares[side];
    say(`round ${round + 1}   ${side}, ${share.toFixed(0)} s`);
    measured[side].push(await sides[side](share));
  };
  for (let round = 0; round < rounds; round++) {
    for (const side of names) {
      if (signal.aborted) return measured;
      if (round === 0 || !once.has(side)) await take(side, round);
    }
  }
  return measured;
};
