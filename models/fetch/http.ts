import { isAppError } from '../../core/errors.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { modelError } from '../errors.ts';
import { within } from './deadline.ts';

export interface FetchDeps {
  clock: Clock;
  signal: AbortSignal;
}

/** Until the answer's head is there. Many sites have no way out, and must not wait long to learn it. */
const connectMs = 5000;
/** Between two pieces of a body. */
const stallMs = 15_000;

/** Starts a download. Undefined when the server says that it has no such file. */
export const fetchChunks = async (
  url: string,
  deps: FetchDeps,
): Promise<AsyncIterable<Uint8Array> | undefined> => {
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  const response = await within(connectMs, `connecting to ${url}`, deps, (connecting) =>
    request(url, AbortSignal.any([signal, connecting])),
  );
  if (response.ok && response.body) return readBody(url, response.body, deps, ended);
  ended.abort();
  if (response.status === 404 || response.status === 410) return undefined;
  throw modelError('model-source-failed', `${url} answered with status ${response.status}`, {
    status: response.status,
  });
};

const request = async (url: string, signal: AbortSignal): Promise<Response> => {
  try {
    return await fetch(url, { signal, redirect: 'follow' });
  } catch (cause) {
    throw modelError('model-source-failed', `${url} was not reached (${reasonOf(cause)})`, { cause });
  }
};

async function* readBody(
  url: string,
  body: ReadableStream<Uint8Array>,
  deps: FetchDeps,
  ended: AbortController,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await within(stallMs, `waiting for more of ${url}`, deps, () => reader.read());
      if (done) return;
      yield value;
    }
  } catch (cause) {
    deps.signal.throwIfAborted();
    if (isAppError(cause)) throw cause;
    throw modelError('model-source-failed', `${url} broke off (${reasonOf(cause)})`, { cause });
  } finally {
    // Also when whoever reads has had enough: the connection must not stay open.
    ended.abort();
  }
}

/** fetch hides what happened in the cause of its error. */
const reasonOf = (error: unknown): string => {
  const { cause, message } = error instanceof Error ? error : { cause: undefined, message: String(error) };
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (cause instanceof Error ? cause.message : message);
};
