import { writeFileSync } from 'node:fs';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts the module `name` that stands beside `importerUrl` on a thread of its own. The same call serves the
 * built program (`.js`) and the sources (`.ts`, through tsx).
 */
export const openThread = (importerUrl: string, name: string, options: WorkerOptions = {}): Worker =>
  importerUrl.endsWith('.ts')
    ? new Worker(throughTsx(new URL(`${name}.ts`, importerUrl)), { ...options, execArgv: [] })
    : new Worker(new URL(`${name}.js`, importerUrl), options);

/**
 * Names the calling thread for the system, 15 bytes at most (proc(5)): `top -H` and `perf` then say what runs on it. Where there is no
 * /proc it has no name.
 */
export const nameThread = (name: string): void => {
  try {
    writeFileSync('/proc/thread-self/comm', name);
  } catch {
    // Nothing depends on it.
  }
};

/** On Node 20 `--import tsx` takes no effect on a thread: there tsx must be registered by code before the module. */
const throughTsx = (url: URL): URL => {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import { register } from ${tsx}; register(); await import(${JSON.stringify(url.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
};
