import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../../../core/runtime/clock.ts';
import { apiError } from '../../errors.ts';
import type { MakerReport } from './forked-maker.ts';

export interface MakerDeadlines {
  /** Without a sign of the process: on a machine that is always full it goes on slowly, but it goes on. */
  silenceMs: number;
  /** For one alert, whatever is heard: a damaged clip may never end. */
  alertMs: number;
}

/** A picture is looked at within a second on a core that is free; the model is opened within the first. */
export const usualDeadlines: MakerDeadlines = { silenceMs: 15 * 60_000, alertMs: 4 * 3_600_000 };

/** Rejects with `archive-late` when a process that makes an archive does not go on, until `signal` aborts. */
export const lateness = async (
  child: Pick<ChildProcess, 'on'>,
  clock: Clock,
  { silenceMs, alertMs }: MakerDeadlines,
  signal: AbortSignal,
): Promise<never> => {
  let heardAt = clock.monotonic();
  let madeAt = heardAt;
  child.on('message', ({ type }: MakerReport) => {
    heardAt = clock.monotonic();
    if (type === 'made') madeAt = heardAt;
  });
  const leftMs = (): number => Math.min(heardAt + silenceMs, madeAt + alertMs) - clock.monotonic();
  while (!signal.aborted && leftMs() > 0) await clock.sleep(leftMs(), signal);
  const what =
    clock.monotonic() >= madeAt + alertMs
      ? `one alert took longer than ${minutes(alertMs)} minutes`
      : `nothing went on for ${minutes(silenceMs)} minutes`;
  throw apiError(
    'archive-late',
    `${what}; the machine is too busy, or a clip is damaged; try again, or ask without it`,
  );
};

const minutes = (ms: number): number => Math.round(ms / 60_000);
