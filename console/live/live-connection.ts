import type { Static } from 'typebox';
import type { LinkView } from '../../api/schema/link-views.ts';
import { ask } from '../http/ask.ts';
import { toAskFailure } from '../http/ask-failure.ts';
import { type Told, toTold } from './told.ts';

export interface LiveConnectionEvents {
  onTold(told: Told): void;
  onBytes(bytes: ArrayBuffer): void;
  /** Called once, unless it was closed: `code: words`, or nothing but that it broke. */
  onGone(reason: string): void;
}

/** Opens one camera's stream with a ticket of its own. Gives what closes it. */
export const openLiveConnection = (
  cameraId: string,
  isMpeg1: boolean,
  { onTold, onBytes, onGone }: LiveConnectionEvents,
): (() => void) => {
  const closing = new AbortController();
  const { signal } = closing;
  let reason = 'broken';
  const gone = (): void => {
    if (signal.aborted) return;
    closing.abort();
    onGone(reason);
  };
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (data instanceof ArrayBuffer) {
      onBytes(data);
      return;
    }
    const told = toTold(String(data));
    if (told?.type === 'end') reason = told.reason;
    else if (told) onTold(told);
  };
  const begin = async (): Promise<void> => {
    const path = `/api/v1/cameras/${cameraId}/live/tickets`;
    const ticket = await ask<Static<typeof LinkView>>(path, { method: 'POST', signal });
    if (signal.aborted) return;
    const url = new URL(ticket.url, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('tracks', '1');
    if (isMpeg1) url.searchParams.set('codec', 'mpeg1');
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', onMessage, { signal });
    socket.addEventListener('close', gone, { signal });
    signal.addEventListener('abort', () => socket.close(), { once: true });
  };
  begin().catch((thrown: unknown) => {
    const { code, message } = toAskFailure(thrown);
    reason = `${code}: ${message}`;
    gone();
  });
  return () => closing.abort();
};
