import { createServer } from 'node:net';
import { runtimeError } from './errors.ts';

/** Why nobody can listen there now (`EADDRINUSE`, `EACCES`, …); undefined when somebody can. */
export const portProblem = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });

/** Throws `port-taken` when the API could not listen. */
export const requireFreePort = async (host: string, port: number): Promise<void> => {
  const problem = port === 0 ? undefined : await portProblem(host, port);
  if (problem === undefined) return;
  throw runtimeError(
    'port-taken',
    `cannot listen on ${host}:${port} (${problem}): end what listens there, or choose another with --port or XUELIANG_API_PORT`,
    { host, port },
  );
};
