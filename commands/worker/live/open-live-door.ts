import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bus } from '../../../core/bus/bus.ts';
import { type AppError, toAppError, toHttpStatus } from '../../../core/errors.ts';
import { doorError } from '../../../core/live/errors.ts';
import { withoutSecrets } from '../../../core/log.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import { DoorTokens } from './door-tokens.ts';
import { type ShowOptions, showLive } from './show-live.ts';

export interface LiveDoorOptions extends ShowOptions {
  bus: Pick<Bus, 'answerLiveDoor'>;
  clock: Clock;
  /** The address it listens on, as the API reaches it. */
  host: string;
}

/** Shows this worker's cameras to the API, and to nobody else. */
export interface LiveDoors {
  set(cameraId: string): void;
  remove(cameraId: string): void;
  close(): Promise<void>;
}

/** Listens on a free port of `host`. The port is told over the bus alone, with a token for one camera. */
export const openLiveDoors = async (options: LiveDoorOptions): Promise<LiveDoors> => {
  const { bus, clock, host } = options;
  const tokens = new DoorTokens(clock);
  const server = createServer((request, response) => {
    void answer(options, tokens, request, response).catch((error: unknown) =>
      refuse(response, toAppError(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const answering = new Map<string, () => void>();
  const remove = (cameraId: string): void => {
    answering.get(cameraId)?.();
    answering.delete(cameraId);
  };
  return {
    set: (cameraId) => {
      remove(cameraId);
      const letIn = () => ({ url, token: tokens.issue(cameraId) });
      answering.set(cameraId, bus.answerLiveDoor(cameraId, letIn));
    },
    remove,
    close: async () => {
      for (const cameraId of [...answering.keys()]) remove(cameraId);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

const answer = async (
  options: LiveDoorOptions,
  tokens: DoorTokens,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const token = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  const cameraId = token === undefined ? undefined : tokens.take(token);
  if (cameraId === undefined) throw doorError('door-forbidden', 'this token opens nothing');
  const asked = new URL(request.url ?? '/', 'http://door');
  if (asked.pathname === '/live') {
    showLive(options, cameraId, asked.searchParams, response);
    return;
  }
  const { jpeg, capturedAt } = await options.source.picture(cameraId);
  response.writeHead(200, { 'Content-Type': 'image/jpeg', 'X-Captured-At': String(capturedAt) });
  response.end(jpeg);
};

const refuse = (response: ServerResponse, { code, kind, message }: AppError): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(toHttpStatus(kind), { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ code, kind, message: withoutSecrets(message) }));
};
