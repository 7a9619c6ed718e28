import type { SideName } from '../options.ts';
import type { Limits } from '../sides/limits/run-limits.ts';
import type { MotionRun } from '../sides/motion/run-motion.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import type { PlainRun } from '../sides/plain/run-plain.ts';

/** What a run of each side gives. */
export interface SideRuns extends Record<SideName, unknown> {
  ours: OursRun;
  ours5: OursRun;
  mixed: OursRun;
  main: OursRun;
  quiet: OursRun;
  plain: PlainRun;
  motion: MotionRun;
  limits: Limits;
  one: OursRun;
}

/** Every run of every side, in the order in which they were made. */
export type Measured = { [Side in SideName]: SideRuns[Side][] };
