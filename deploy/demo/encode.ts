import { rename, rm } from 'node:fs/promises';
import ffmpeg from 'fluent-ffmpeg';
import { demoError } from './errors.ts';
import type { EncodeJob } from './filter-graph.ts';

/** Debian's own: another one earlier in the path may lack libx264 or a filter. */
const ffmpegPath = '/usr/bin/ffmpeg';

/** Footage and plates alone: a playlist would have something else read (CVE-2016-1897, CVE-2017-9993). */
const ownInputs = [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', 'avi,mov,mp4,matroska,image2,png_pipe'],
];

/**
 * Makes `file` as `job` says, under a temporary name that is renamed when complete. `onShare` gets 0–1 as it goes on.
 * Rejects with the signal's reason when aborted; nothing half-made is left behind.
 */
export const encode = async (
  job: EncodeJob,
  file: string,
  onShare: (share: number) => void,
  signal?: AbortSignal,
): Promise<void> => {
  signal?.throwIfAborted();
  // Its own name, since another process may be making the same clip.
  const temporary = `${file}.${process.pid}.part`;
  const command = ffmpeg().setFfmpegPath(ffmpegPath);
  for (const { file: source, options } of job.inputs)
    command.input(source).inputOptions([...ownInputs, ...options]);
  command
    .complexFilter(job.graph, 'out')
    .outputOptions([...job.outputOptions])
    // Its lines, not `progress`: for that the package would have ffprobe read the input, without our options.
    .on('stderr', (line: string) => {
      const made = /^frame=\s*(\d+)/.exec(line)?.[1];
      if (made !== undefined) onShare(Math.min(1, Number(made) / job.frames));
    });
  const kill = () => command.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  try {
    await finished(command, temporary);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    signal?.throwIfAborted();
    throw demoError('footage-encode-failed', `ffmpeg could not make ${file}: ${lastLines(cause)}`, { cause });
  } finally {
    signal?.removeEventListener('abort', kill);
  }
};

const finished = (command: ffmpeg.FfmpegCommand, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    command
      .on('end', () => resolve())
      .on('error', reject)
      .save(file);
  });

const lastLines = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).trim().split('\n').slice(-2).join(' | ');
