import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { isAppError } from '../../core/errors.ts';
import { type ChildExit, endChild, exitOf } from '../../core/runtime/child.ts';
import { type Clock, systemClock } from '../../core/runtime/clock.ts';
import { simulatorError } from './errors.ts';
import type { Mount } from './mount.ts';

type Server = ChildProcessByStdio<Writable, Readable, Readable>;

export interface SimulatorOptions {
  mounts: readonly Mount[];
  /** 0 (default) for a free one. */
  port?: number;
  /** Loading a minute of video takes about 0.1 s. */
  startTimeoutMs?: number;
  signal?: AbortSignal;
  clock?: Clock;
}

/** A running RTSP server on loopback. */
export interface Simulator {
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server is gone, closed or not. */
  readonly done: Promise<ChildExit>;
  /** Address of a mount, without credentials. */
  url(path: string): string;
  close(): Promise<void>;
}

// Debian's own: only that one sees Debian's `gi`. -B leaves no compiled files beside the source.
const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('./rtsp-server.py', import.meta.url));
const closeGraceMs = 2000;
const keptStderrChars = 4000;

/**
 * Starts the simulated cameras and resolves when they can be watched. Rejects with `simulator-failed` (with what the server
 * wrote, such as a file it cannot read), `simulator-timeout`, or the signal's reason. The server ends with this process.
 */
export const openSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { mounts, port = 0, startTimeoutMs = 30_000, signal, clock = systemClock } = options;
  signal?.throwIfAborted();
  const child: Server = spawn(python, ['-B', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  const done = exitOf(child);
  const stderr = keepTail(child.stderr);
  // A server that died first breaks the pipe; its exit says so better.
  child.stdin.on('error', () => undefined);
  const close = async (): Promise<void> => {
    child.stdin.end();
    await endChild(child, clock, closeGraceMs);
    await done;
  };
  try {
    child.stdin.write(`${JSON.stringify({ port, mounts })}\n`);
    const listening = await listeningPort(child, stderr, clock, startTimeoutMs, signal);
    return {
      port: listening,
      pid: child.pid ?? 0,
      done,
      close,
      url: (path) => `rtsp://127.0.0.1:${listening}${path}`,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
};

/** Waits for the line that says where it listens; for its end or the deadline otherwise. */
const listeningPort = async (
  child: Server,
  stderr: () => string,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<number> => {
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const lines = createInterface({ input: child.stdout });
  try {
    const [line, fate] = await Promise.race([
      once(lines, 'line', { signal: either }).then(([text]) => [String(text), 'listens'] as const),
      // `close` comes after the last of stderr; `exit` may come before it.
      once(child, 'close', { signal: either }).then(() => ['', 'ended at once'] as const),
      clock.sleep(timeoutMs, either).then(() => ['', 'does not listen yet'] as const),
    ]);
    if (fate === 'listens') return toPort(line);
    throw simulatorError(
      fate === 'ended at once' ? 'simulator-failed' : 'simulator-timeout',
      `the RTSP simulator ${fate} (given ${timeoutMs} ms): ${stderr()}`,
    );
  } catch (cause) {
    signal?.throwIfAborted();
    throw isAppError(cause) ? cause : cannotStart(cause);
  } finally {
    over.abort();
  }
};

const cannotStart = (cause: unknown): Error =>
  simulatorError(
    'simulator-failed',
    `cannot start the RTSP simulator with ${python}; install Debian's python3, python3-gi and gir1.2-gst-rtsp-server-1.0`,
    { cause },
  );

const toPort = (line: string): number => {
  const { port } = JSON.parse(line) as { port: number };
  return port;
};

const keepTail = (stream: Readable): (() => string) => {
  let tail = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-keptStderrChars);
  });
  return () => tail.trim() || 'it wrote nothing';
};
