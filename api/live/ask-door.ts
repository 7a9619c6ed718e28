import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { LiveDoor } from '../../core/bus/live-door.ts';
import { AppError, errorKinds } from '../../core/errors.ts';
import { doorError } from '../../core/live/errors.ts';

/** A picture takes its worker ten seconds at most. */
const answerMs = 12_000;

/** Asks a worker for a camera's picture or its live stream. Throws what the worker says, or `door-…`. */
export const askDoor = async (
  { url, token }: LiveDoor,
  path: '/picture' | `/live${string}`,
  signal: AbortSignal,
): Promise<IncomingMessage> => {
  const response = await connect(`${url}${path}`, token, signal);
  if (response.statusCode === 200) return response;
  throw toError(await json(response).catch(() => undefined));
};

const connect = (url: string, token: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const asking = request(url, {
      headers: { Authorization: `Bearer ${token}` },
      ...{ agent: false, signal, timeout: answerMs },
    });
    asking.on('timeout', () => asking.destroy(new Error(`silent for ${answerMs / 1000} s`)));
    asking.on('response', resolve);
    asking.on('error', (cause) =>
      reject(
        doorError('door-unreachable', "the camera's worker cannot be reached for its pictures", { cause }),
      ),
    );
    asking.end();
  });

const toError = (body: unknown): AppError => {
  const { code, kind, message } = isRecord(body) ? body : {};
  const known = errorKinds.find((one) => one === kind);
  if (typeof code === 'string' && typeof message === 'string' && known)
    return new AppError(code.slice(0, 64), known, message.slice(0, 500));
  return doorError(
    'door-unreadable',
    "a worker's refusal is not understood; run the same version everywhere",
  );
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
