import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type Resolve, resolveBySystem } from '../../core/ip-address.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { alertsError } from '../errors.ts';
import { resolveService, type ServiceGround } from './service-address.ts';

export interface PostRequest {
  url: string;
  /** JSON. */
  body: string;
  headers: Readonly<Record<string, string>>;
  /** For everything: the name, the connection, the answer. */
  deadlineMs: number;
  ground: ServiceGround;
  /** JSON unless said. */
  contentType?: string;
  signal: AbortSignal;
}

export interface PostDeps {
  clock: Clock;
  resolve?: Resolve;
}

/** What the other side said. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As much as came of it, up to a bound. */
  body: string;
}

/** Nobody needs a longer answer, so no more of it is waited for. */
const maxAnswerBytes = 64 * 1024;

/** Answers that no repetition changes. Who is not let in or not found may be mended while it is tried again. */
const mendable: ReadonlySet<number> = new Set([401, 403, 404, 408, 409, 425, 429]);

/**
 * Sends one message and resolves when it was accepted (2xx). Follows no redirect. Throws `service-refused` or
 * `service-address-forbidden`, which trying again does not change, and `service-unreachable`, `service-late` or
 * `service-failing`. No message has the address's path or anything that was sent or answered.
 */
export const post = async (deps: PostDeps, request: PostRequest): Promise<void> => {
  requireAccepted(await ask(deps, request));
};

/** Throws `service-refused` or `service-failing` unless the answer is 2xx. */
export const requireAccepted = ({ status }: Pick<Answer, 'status'>): void => {
  if (status >= 200 && status < 300) return;
  const code = status < 500 && !mendable.has(status) ? 'service-refused' : 'service-failing';
  throw alertsError(code, `answered ${status}`);
};

/** Sends one message and resolves to what is answered, whatever it is. Throws what `post` throws but for the answer. */
export const ask = async (
  { clock, resolve = resolveBySystem }: PostDeps,
  request: PostRequest,
): Promise<Answer> => {
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
    return await send(target, addresses, request, ending.signal);
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
  { body, headers, contentType = 'application/json' }: PostRequest,
  signal: AbortSignal,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { request } = target.protocol === 'https:' ? https : http;
    const outgoing = request(target, {
      method: 'POST',
      agent: false, // no connection of an earlier message, made to an address that was checked then
      lookup: lookupOf(addresses),
      signal,
      headers: {
        ...headers,
        'content-type': contentType,
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'xueliang',
        connection: 'close',
      },
    });
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      response.on('error', () => undefined); // the status is all that matters
      response.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
        chunks.push(chunk);
        if (sizeBytes > maxAnswerBytes) response.destroy();
      });
      response.on('close', () => {
        const { statusCode: status = 0, headers: answered } = response;
        const body = Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString('utf8');
        resolve({ status, headers: answered, body });
      });
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
