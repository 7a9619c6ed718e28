import { createParser } from 'eventsource-parser';
import { backOffMs } from './back-off.ts';
import { isSessionLost } from './session-state.ts';

export interface StreamEvent {
  name: string;
  id: string | undefined;
  data: unknown;
}

export interface EventStreamOptions {
  path: string;
  onEvent(event: StreamEvent): void;
  /** From the first byte of an answer on, and when it broke off. */
  onConnected(isConnected: boolean): void;
  /** The browser's own unless said. */
  fetch?: typeof fetch;
  wait?(ms: number, signal: AbortSignal): Promise<void>;
}

/** The API says something every 15 s; a stream silent for this long is dead. */
const silenceMs = 40_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Server-sent events until closed. After a break it comes back with back-off and says which event it had last, so that
 * nothing is missed; a browser's EventSource cannot do that once it was refused, nor tell why it was.
 */
export const openEventStream = (options: EventStreamOptions): { close(): void } => {
  const closing = new AbortController();
  void keepReading(options, closing.signal);
  return { close: () => closing.abort() };
};

const keepReading = async (options: EventStreamOptions, signal: AbortSignal): Promise<void> => {
  const { wait = pause } = options;
  const place: { lastEventId?: string } = {};
  let failures = 0;
  while (!signal.aborted) {
    const wasRead = await readOnce(options, place, signal).catch(() => false);
    if (signal.aborted) return;
    options.onConnected(false);
    failures = wasRead ? 0 : failures + 1;
    await wait(backOffMs(failures), signal);
  }
};

/** One attempt; whether anything came. */
const readOnce = async (
  { path, onEvent, onConnected, fetch: get = fetch }: EventStreamOptions,
  place: { lastEventId?: string },
  signal: AbortSignal,
): Promise<boolean> => {
  const silence = new AbortController();
  const headers = { Accept: 'text/event-stream', 'X-Requested-With': 'console' };
  const response = await get(path, {
    credentials: 'same-origin',
    headers: place.lastEventId === undefined ? headers : { ...headers, 'Last-Event-ID': place.lastEventId },
    signal: AbortSignal.any([signal, silence.signal]),
  });
  if (response.status === 401) isSessionLost.value = true;
  if (!response.ok || !response.body) return false;
  onConnected(true);
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => {
      if (event === 'reset') delete place.lastEventId;
      if (id !== undefined) place.lastEventId = id;
      onEvent({ name: event, id, data: toJson(data) });
    },
  });
  await readAll(response.body, (text) => parser.feed(text), silence);
  return true;
};

const readAll = async (
  body: ReadableStream<Uint8Array>,
  feed: (text: string) => void,
  silence: AbortController,
): Promise<void> => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const timer = setTimeout(() => silence.abort(), silenceMs);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    feed(decoder.decode(value, { stream: true }));
  }
};

const toJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
