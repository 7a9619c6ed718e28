import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts the module `name` beside `importerUrl` as a process of its own, with a channel for messages. */
export const forkChild = (
  importerUrl: string,
  name: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess =>
  fork(fileURLToPath(new URL(`${name}.ts`, importerUrl)), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
