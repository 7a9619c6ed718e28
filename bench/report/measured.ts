import type { OursRun } from '../sides/ours/run-ours.ts';

/** Every run of every side, in the order in which they were made. */
export interface Measured {
  ours: OursRun[];
  ours5: OursRun[];
  mixed: OursRun[];
  main: OursRun[];
  quiet: OursRun[];
}
