import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts the module `name` that stands beside `importerUrl` on a thread of its own. The same call serves the
 * built program (`.js`) and the sources (`.ts`, through tsx).
 */
export const openThread = (importerUrl: string, name: string, options: WorkerOptions = {}): Worker => {
  const isSource = importerUrl.endsWith('.ts');
  const url = new URL(`${name}${isSource ? '.ts' : '.js'}`, importerUrl);
  return new Worker(url, isSource ? { ...options, execArgv: ['--import', 'tsx'] } : options);
};
