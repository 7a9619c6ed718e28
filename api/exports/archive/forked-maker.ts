import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ArchiveJob, ArchiveMade, ArchiveMaker } from '../../../core/archive.ts';
import { AppError, type ErrorKind, errorKinds } from '../../../core/errors.ts';
import { exitOf } from '../../../core/runtime/child.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import { apiError } from '../../errors.ts';
import { lateness, type MakerDeadlines, usualDeadlines } from './lateness.ts';

/** What the process that makes an archive tells the one that asked for it. */
export type MakerReport =
  | { type: 'made'; made: number }
  /** A picture was looked at, or written. */
  | { type: 'going' }
  | { type: 'done'; archive: ArchiveMade }
  | { type: 'failed'; code: string; kind: string; message: string };

const nicePath = '/usr/bin/nice';

export interface ForkedMakerOptions {
  /** The module that runs in the process: it takes one `ArchiveJob` as a message and answers with `MakerReport`s. */
  entry: URL;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  deadlines?: MakerDeadlines;
}

/**
 * Makes each archive in a process of its own, from its start on of the lowest priority: neither what is served nor what
 * detects notices, a decoder that crashes takes nothing with it, and all memory is given back.
 */
export const createForkedMaker = (options: ForkedMakerOptions): ArchiveMaker => ({
  make: async (job, onMade, signal) => {
    signal.throwIfAborted();
    const child = start(options);
    const { clock, deadlines = usualDeadlines } = options;
    const over = new AbortController();
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    try {
      const late = lateness(child, clock, deadlines, over.signal);
      return await Promise.race([outcomeOf(child, job, onMade), late]);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      over.abort();
      signal.removeEventListener('abort', kill);
      kill();
      await exitOf(child);
    }
  },
});

const start = ({ entry, env }: ForkedMakerOptions): ChildProcess => {
  const file = fileURLToPath(entry);
  const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return fork(file, {
    execPath: nicePath,
    execArgv: ['-n', '19', process.execPath, ...loader],
    env: { ...env },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
};

const outcomeOf = (
  child: ChildProcess,
  job: ArchiveJob,
  onMade: (made: number) => void,
): Promise<ArchiveMade> =>
  new Promise((resolve, reject) => {
    child.on('message', (report: MakerReport) => {
      if (report.type === 'made') onMade(report.made);
      else if (report.type === 'done') resolve(report.archive);
      else if (report.type === 'failed') reject(toError(report));
    });
    child.once('error', (cause) => reject(ended('it could not be started', cause)));
    child.once('exit', (code, signal) => reject(ended(`it ended with ${code ?? signal}`)));
    // Gone before it has heard anything: its exit tells.
    child.send(job, () => undefined);
  });

const toError = ({ code, kind, message }: Extract<MakerReport, { type: 'failed' }>): AppError =>
  new AppError(code, errorKinds.find((known) => known === kind) ?? ('internal' satisfies ErrorKind), message);

const ended = (how: string, cause?: unknown) =>
  apiError('archive-ended', `the process that made the archive is gone: ${how}; try again`, { cause });
