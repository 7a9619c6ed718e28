import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../../core/runtime/clock.ts';
import { alertsError } from '../errors.ts';
import { type Resolve, resolveBySystem, resolveService, type ServiceGround } from './service-address.ts';

export interface PostRequest {
  url: string;
  /** JSON. */
  body: string;
  headers: Readonly<Record<string, string>>;
  /** For everything: the name, the connection, the answer. */
  deadlineMs: number;
  ground: ServiceGround;
  signal: AbortSignal;
}

export interface PostDeps {
  clock: Clock;
  resolve?: Resolve;
}

/** Of what is answered nothing is read, so no more of it is waited for. */
const maxAnswerBytes = 64 * 1024;

/** Answers that no repetition changes. Who is not let in or not found may be mended while it is tried again. */
const mendable: ReadonlySet<number> = new Set([401, 403, 404, 408, 409, 425, 429]);

/**
 * Sends one message and resolves when it was accepted (2xx). Follows no redirect. Throws `service-refused` or
 * `service-address-forbidden`, which trying again does not change, and `service-unreachable`, `service-late` or
 * `service-failing`. No message has the address's path or anything that was sent or answered.
 */
export const post = async (
  { clock, resolve = resolveBySystem }: PostDeps,
  request: PostRequest,
): Promise<void> => {
  const { url, deadlineMs, ground, signal } = request;
  const ending = new AbortController();
  const answered = new AbortController();
  const end = (): void => ending.abort();
  signal.addEventListener('abort', end, { once: true });
  const waiting = clock.sleep(deadlineMs, answered.signal).then(end);
  try {
    signal.throwIfAborted();
    const target = new URL(url);
    const addresses = await Promise.race([
      resolveService(target, ground, resolve),
      waiting.then((): string[] => []),
    ]);
    ending.signal.throwIfAborted();
    const status = await send(target, addresses, request, ending.signal);
    if (status >= 200 && status < 300) return;
    const code = status < 500 && !mendable.has(status) ? 'service-refused' : 'service-failing';
    throw alertsError(code, `answered ${status}`);
  } catch (cause) {
    if (ending.signal.aborted && !signal.aborted) {
      throw alertsError('service-late', `no answer within ${deadlineMs} ms`, { cause });
    }
    throw cause;
  } finally {
    answered.abort();
    signal.removeEventListener('abort', end);
  }
};

const send = (
  target: URL,
  addresses: readonly string[],
  { body, headers }: PostRequest,
  signal: AbortSignal,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { request } = target.protocol === 'https:' ? https : http;
    const outgoing = request(target, {
      method: 'POST',
      agent: false, // no connection of an earlier message, made to an address that was checked then
      lookup: lookupOf(addresses),
      signal,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'xueliang',
        connection: 'close',
      },
    });
    outgoing.on('response', (response) => {
      let sizeBytes = 0;
      response.on('error', () => undefined); // the status is all that matters
      response.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes > maxAnswerBytes) response.destroy();
      });
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code ?? 'broken off';
      reject(alertsError('service-unreachable', `cannot be reached (${reason})`, { cause }));
    });
    outgoing.end(body);
  });

/** Connects to the addresses that were checked, whatever the name may lead to by now. */
const lookupOf =
  (addresses: readonly string[]): LookupFunction =>
  (_, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (all) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
