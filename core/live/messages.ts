import { doorError } from './errors.ts';

/** One message of a live stream between worker and API: text, or bytes of fragmented MP4. */
export type LiveMessage = string | Uint8Array;

const headerBytes = 5;
const kinds = { text: 1, bytes: 2 };
/** A keyframe of a camera is a tenth of this at most. */
const maxMessageBytes = 16 * 1024 ** 2;

/** Length in four bytes, kind in one, then the message. */
export const frameMessage = (message: LiveMessage): Buffer => {
  const body = typeof message === 'string' ? Buffer.from(message) : message;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(body.length);
  header[4] = typeof message === 'string' ? kinds.text : kinds.bytes;
  return Buffer.concat([header, body]);
};

/** Reads messages out of a stream of bytes, as it is cut. Throws `door-unreadable`. */
export async function* readMessages(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<LiveMessage, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece]);
    while (held.length >= headerBytes) {
      const endsAt = headerBytes + held.readUInt32BE();
      if (endsAt > maxMessageBytes) throw unreadable();
      if (held.length < endsAt) break;
      yield toMessage(held[4], held.subarray(headerBytes, endsAt));
      held = held.subarray(endsAt);
    }
  }
}

const toMessage = (kind: number | undefined, body: Buffer): LiveMessage => {
  if (kind === kinds.text) return body.toString();
  if (kind === kinds.bytes) return body;
  throw unreadable();
};

const unreadable = () =>
  doorError(
    'door-unreadable',
    "a worker's live pictures are not understood; run the same version everywhere",
  );
