import type { ErrorBody } from '../../api/schema/error-body.ts';
import { AskFailure, ownFailure } from './ask-failure.ts';
import { isSessionLost, signedIn } from './session-state.ts';

type QueryValue = string | number | boolean | readonly (string | number)[] | undefined;

export interface AskOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of a body. */
  text?: { type: string; content: string };
  headers?: Readonly<Record<string, string>>;
  /** 10 s unless said. */
  deadlineMs?: number;
  signal?: AbortSignal;
}

const usualDeadlineMs = 10_000;

/** Path and query of a request; what is undefined is left out, a list is given once an item. */
export const toAddress = (path: string, query: AskOptions['query'] = {}): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  return search.size > 0 ? `${path}${path.includes('?') ? '&' : '?'}${search}` : path;
};

/**
 * Asks the API and gives its answer, undefined when it has no content. Throws AskFailure: with the API's code, or
 * `unreachable`, `deadline`, `unreadable`. A 401 while somebody is signed in ends the session.
 */
export const ask = async <Answer>(path: string, options: AskOptions = {}): Promise<Answer> => {
  const response = await askRaw(path, options);
  if (response.status === 204) return undefined as Answer;
  try {
    return (await response.json()) as Answer;
  } catch (cause) {
    throw ownFailure('unreadable', 'internal', `${path}: the answer cannot be read`, cause);
  }
};

/** The same for what is not JSON. */
export const askRaw = async (path: string, options: AskOptions = {}): Promise<Response> => {
  const response = await send(path, options);
  if (response.ok) return response;
  if (response.status === 401 && signedIn.value && !path.endsWith('/session')) isSessionLost.value = true;
  throw await toFailure(path, response);
};

const send = async (
  path: string,
  { method = 'GET', query, body, text, headers, deadlineMs, signal }: AskOptions,
) => {
  const csrfToken = method === 'GET' ? undefined : signedIn.value?.csrfToken;
  const deadline = AbortSignal.timeout(deadlineMs ?? usualDeadlineMs);
  try {
    return await fetch(toAddress(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        // The console asks for name and secret itself; the browser's own dialog stays shut.
        'X-Requested-With': 'console',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(text === undefined ? {} : { 'Content-Type': text.type }),
        ...(csrfToken === undefined ? {} : { 'X-CSRF-Token': csrfToken }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(text === undefined ? {} : { body: text.content }),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
  } catch (cause) {
    if (signal?.aborted) throw ownFailure('cancelled', 'internal', `${path}: not wanted`, cause);
    if (deadline.aborted) throw ownFailure('deadline', 'timeout', `${path}: no answer`, cause);
    throw ownFailure('unreachable', 'unavailable', `${path}: ${String(cause)}`, cause);
  }
};

const toFailure = async (path: string, response: Response): Promise<AskFailure> => {
  try {
    const { code, kind, message, requestId } = (await response.json()) as ErrorBody;
    return new AskFailure(code, kind, message, { requestId });
  } catch {
    return new AskFailure('unreadable', 'internal', `${path}: ${response.status} ${response.statusText}`);
  }
};
