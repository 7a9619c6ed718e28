/** An RTSP reply (RFC 2326 section 7). */
export interface RtspReply {
  status: number;
  /** Names in lower case; of repeated headers all values. */
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
}

/** A request that the camera makes of us. */
export interface RtspRequest {
  method: string;
  headers: ReadonlyMap<string, readonly string[]>;
}

export type RtspMessage = RtspReply | RtspRequest;

/** Far above what cameras send: a head has some hundred bytes, a session description seldom two thousand. */
export const maxHeadBytes = 16 * 1024;
export const maxBodyBytes = 64 * 1024;

/** What the first line of a reply, and of each request that a server may make, begins with. */
const beginnings = [
  'RTSP/1.0 ',
  'ANNOUNCE ',
  'DESCRIBE ',
  'GET_PARAMETER ',
  'OPTIONS ',
  'PAUSE ',
  'PLAY ',
  'PLAY_NOTIFY ',
  'RECORD ',
  'REDIRECT ',
  'SETUP ',
  'SET_PARAMETER ',
  'TEARDOWN ',
];
const longestBeginning = 14;

const headEnd = Buffer.from('\r\n\r\n');

/** Whether a message begins here, as far as the bytes that are there tell. */
export const isMessageStart = (bytes: Buffer, begin: number, end: number): boolean => {
  const text = bytes.toString('latin1', begin, Math.min(end, begin + longestBeginning));
  return beginnings.some((beginning) =>
    text.length < beginning.length ? beginning.startsWith(text) : text.startsWith(beginning),
  );
};

const headersOf = (lines: readonly string[]): Map<string, string[]> => {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return headers;
};

const bodyLengthOf = (headers: ReadonlyMap<string, readonly string[]>): number | undefined => {
  const text = headers.get('content-length')?.[0] ?? '0';
  return /^\d{1,6}$/.test(text) && Number(text) <= maxBodyBytes ? Number(text) : undefined;
};

/**
 * Reads the message that begins at `begin`, and where it ends. `incomplete` when more bytes must come; nothing when this
 * is not RTSP or is larger than any camera's.
 */
export const parseMessage = (
  bytes: Buffer,
  begin: number,
  end: number,
): { message: RtspMessage; end: number } | 'incomplete' | undefined => {
  if (!isMessageStart(bytes, begin, end)) return undefined;
  const seen = bytes.subarray(begin, Math.min(end, begin + maxHeadBytes));
  const headLength = seen.indexOf(headEnd);
  if (headLength < 0) return seen.length < maxHeadBytes ? 'incomplete' : undefined;
  const [first = '', ...rest] = seen.toString('utf8', 0, headLength).split('\r\n');
  const headers = headersOf(rest);
  const bodyLength = bodyLengthOf(headers);
  if (bodyLength === undefined) return undefined;
  const bodyAt = begin + headLength + headEnd.length;
  if (bodyAt + bodyLength > end) return 'incomplete';
  const body = bytes.toString('latin1', bodyAt, bodyAt + bodyLength);
  const message = toMessage(first, headers, body);
  return message && { message, end: bodyAt + bodyLength };
};

const toMessage = (
  first: string,
  headers: ReadonlyMap<string, readonly string[]>,
  body: string,
): RtspMessage | undefined => {
  if (!first.startsWith('RTSP/')) return { method: first.split(' ', 1)[0] ?? '', headers };
  const status = /^RTSP\/1\.0 (\d{3})\b/.exec(first)?.[1];
  return status === undefined ? undefined : { status: Number(status), headers, body };
};
