import type { AddressInfo } from 'node:net';
import type { ApiDeps } from './api-deps.ts';
import { createApi } from './create-api.ts';
import { apiError } from './errors.ts';
import { Connections } from './http/connections.ts';

export interface ApiOptions extends ApiDeps {
  /** 0 takes a free one. */
  port: number;
}

/** The API, listening. */
export interface Api {
  /** `http://host:port`, as somebody on this machine may ask it. */
  readonly url: string;
  readonly port: number;
  /** Ends the streams of events, lets what is being answered finish within seconds, and stops listening. */
  close(): Promise<void>;
}

/** A slow download does not hold up the end for longer. */
const drainMs = 10_000;

/** Listens on `host` and `port`. Throws `api-port-taken` or `api-address-unusable`. */
export const openApi = async (options: ApiOptions): Promise<Api> => {
  const { host, port, clock } = options;
  const app = createApi(options);
  const connections = new Connections(app.server);
  app.addHook('preClose', async () => connections.closeUnused());
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw toListenError(error, host, port);
  }
  const bound = (app.server.address() as AddressInfo).port;
  const close = async (): Promise<void> => {
    const drained = new AbortController();
    void clock.sleep(drainMs, drained.signal).then(() => {
      if (!drained.signal.aborted) connections.closeAll();
    });
    await app.close();
    drained.abort();
  };
  return { url: `http://${shown(host)}:${bound}`, port: bound, close };
};

/** An address that means all of the machine's is no address to ask. */
const shown = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
};

const toListenError = (cause: unknown, host: string, port: number) => {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return apiError(
      'api-port-taken',
      `port ${port} on ${host} is taken; end the other program or set XUELIANG_API_PORT`,
      { cause },
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return apiError(
      'api-address-unusable',
      `cannot listen on ${host} port ${port} (${code}); set XUELIANG_API_HOST to an address of this machine and XUELIANG_API_PORT above 1023`,
      { cause },
    );
  }
  return cause;
};
