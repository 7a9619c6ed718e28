/** An RTSP reply (RFC 2326 section 7). */
export interface RtspReply {
  status: number;
  /** Names in lower case; of repeated headers all values. */
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
}

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

/** Reads one reply. `incomplete` when more bytes must come, nothing when this is not RTSP. */
export const parseReply = (bytes: Buffer): RtspReply | 'incomplete' | undefined => {
  const text = bytes.toString('latin1');
  if (!'RTSP/1.0 '.startsWith(text.slice(0, 9))) return undefined;
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return 'incomplete';
  const [first = '', ...rest] = text.slice(0, end).split('\r\n');
  const status = Number(/^RTSP\/1\.0 (\d{3})\b/.exec(first)?.[1]);
  if (!Number.isInteger(status)) return undefined;
  const headers = headersOf(rest);
  const length = Number(headers.get('content-length')?.[0] ?? 0);
  const body = text.slice(end + 4);
  if (Number.isFinite(length) && body.length < length) return 'incomplete';
  return { status, headers, body };
};

/** The codec names of the video tracks in a session description (RFC 8866), in upper case; `?` when not named. */
export const videoCodecsOf = (sdp: string): string[] => {
  const sections = sdp.split(/\r?\n(?=m=)/).filter((section) => section.startsWith('m=video '));
  return sections.map((section) => {
    const payload = section.split(/\s+/, 4)[3] ?? '';
    const maps = section.matchAll(/^a=rtpmap:(\d+) ([^/\s]+)/gm);
    const named = [...maps].find(([, type]) => type === payload)?.[2];
    // Static payload types of RFC 3551 table 5.
    const fixed = new Map([
      ['26', 'JPEG'],
      ['32', 'MPV'],
      ['33', 'MP2T'],
    ]).get(payload);
    return (named ?? fixed ?? '?').toUpperCase();
  });
};
