import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Logger } from '../log.ts';

export interface ServerLog {
  /** The latest lines of the server's own log, oldest first. */
  lastLines(): readonly string[];
  /** Resolves when the server will say nothing more. */
  readonly ended: Promise<void>;
}

const keptLines = 20;
const levels: ReadonlyMap<string, 'debug' | 'warn' | 'error'> = new Map([
  ['WRN', 'warn'],
  ['ERR', 'error'],
  ['FTL', 'error'],
]);

/** Keeps the end of what the server says and hands it on to our log, what is merely information as `debug`. */
export const createServerLog = (child: ChildProcess, log: Logger | undefined): ServerLog => {
  const lines: string[] = [];
  if (!child.stderr) return { lastLines: () => [], ended: Promise.resolve() };
  const reader = createInterface({ input: child.stderr });
  reader.on('line', (line) => {
    const { level, text } = parseLine(line);
    lines.push(text);
    if (lines.length > keptLines) lines.shift();
    log?.[level]({ service: 'nats-server' }, text);
  });
  const ended = new Promise<void>((resolve) => reader.once('close', resolve));
  return { lastLines: () => [...lines], ended };
};

/** `[pid] 2026/11/22 07:03:48.007281 [INF] Server is ready`, or anything at all when it fails early. */
export const parseLine = (line: string): { level: 'debug' | 'warn' | 'error'; text: string } => {
  const [, code = '', said] = /^\[\d+\] \S+ \S+ \[([A-Z]{3})\] ?(.*)$/.exec(line) ?? [];
  return said === undefined
    ? { level: 'warn', text: line }
    : { level: levels.get(code) ?? 'debug', text: said };
};
