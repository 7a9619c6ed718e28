import type { OursRun } from '../sides/ours/run-ours.ts';

/** One line of the result. */
export interface Figure {
  name: string;
  value: string;
  target: string;
  /** Nothing where there is no target. */
  isMet: boolean | undefined;
}

/** A line that nothing is asked of. */
export const fact = (name: string, value: string): Figure => ({
  name: `  ${name}`,
  value,
  target: '',
  isMet: undefined,
});

export const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`;

/** The worker's share of a core: demux, gate, decode, detect, track, scenarios, publish. */
export const workerCores = ({ window }: OursRun): number => window.cores['worker'] ?? Number.NaN;

export const costPerCamera = (run: OursRun): number => workerCores(run) / run.cameras;
