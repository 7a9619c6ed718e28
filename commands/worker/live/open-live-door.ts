import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bus } from '../../../core/bus/bus.ts';
import { type AppError, toAppError, toHttpStatus } from '../../../core/errors.ts';
import { doorError } from '../../../core/live/errors.ts';
import { frameMessage } from '../../../core/live/messages.ts';
import { withoutSecrets } from '../../../core/log.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import type { LiveChunk, LiveSource, LiveViewer } from '../../../core/stages.ts';
import { DoorTokens } from './door-tokens.ts';

export interface LiveDoorOptions {
  bus: Pick<Bus, 'answerLiveDoor'>;
  source: LiveSource;
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
export const openLiveDoors = async ({ bus, source, clock, host }: LiveDoorOptions): Promise<LiveDoors> => {
  const tokens = new DoorTokens(clock);
  const server = createServer((request, response) => {
    void answer(source, tokens, request, response).catch((error: unknown) =>
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
  source: LiveSource,
  tokens: DoorTokens,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const token = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  const cameraId = token === undefined ? undefined : tokens.take(token);
  if (cameraId === undefined) throw doorError('door-forbidden', 'this token opens nothing');
  if (request.url === '/live') {
    showLive(source, cameraId, response);
    return;
  }
  const { jpeg, capturedAt } = await source.picture(cameraId);
  response.writeHead(200, { 'Content-Type': 'image/jpeg', 'X-Captured-At': String(capturedAt) });
  response.end(jpeg);
};

const showLive = (source: LiveSource, cameraId: string, response: ServerResponse): void => {
  const viewer = toViewer(response);
  const leave = source.watchLive(cameraId, viewer);
  response.on('close', leave);
  response.on('error', leave);
};

/** What waits in the connection is what the API has not taken. */
const toViewer = (response: ServerResponse): LiveViewer => {
  const take = (chunk: LiveChunk): void => {
    if (chunk.type === 'fragment') {
      response.write(frameMessage(chunk.bytes));
      return;
    }
    const { type, codec, width, height, startedAt, init } = chunk;
    response.write(frameMessage(JSON.stringify({ type, codec, width, height, startedAt })));
    response.write(frameMessage(init));
  };
  return {
    get bufferedBytes() {
      return response.writableLength;
    },
    take,
    end: (reason) => {
      response.end(frameMessage(JSON.stringify({ type: 'end', reason: withoutSecrets(reason) })));
    },
  };
};

const refuse = (response: ServerResponse, { code, kind, message }: AppError): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(toHttpStatus(kind), { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ code, kind, message: withoutSecrets(message) }));
};
