/** One video track as the camera describes it. */
export interface DescribedVideo {
  /** In upper case; `?` when not named. */
  codec: string;
  /** The first of the payload types. */
  payloadType: number;
  clockRate: number;
  /** `RTP/AVP` and the like. */
  protocol: string;
  control: string | undefined;
  /** Parameters of the format, names in lower case. */
  format: ReadonlyMap<string, string>;
}

export interface SessionDescription {
  /** Of the whole session. */
  control: string | undefined;
  video: readonly DescribedVideo[];
}

/** Static payload types of RFC 3551 table 5. */
const staticCodecs = new Map([
  [26, 'JPEG'],
  [32, 'MPV'],
  [33, 'MP2T'],
]);

const controlOf = (section: string): string | undefined => /^a=control:\s*(\S+)/im.exec(section)?.[1];

/** The value of the attribute's line for one payload type. */
const attributeOf = (section: string, name: string, payloadType: number): string | undefined => {
  for (const [, type, value] of section.matchAll(new RegExp(`^a=${name}:\\s*(\\d+)\\s+(.*)$`, 'gim'))) {
    if (Number(type) === payloadType) return value;
  }
  return undefined;
};

const formatOf = (text: string): Map<string, string> => {
  const pairs = text.split(';').map((part): [string, string] => {
    const [name = '', ...value] = part.split('=');
    return [name.trim().toLowerCase(), value.join('=').trim()];
  });
  return new Map(pairs);
};

const describedVideoOf = (section: string): DescribedVideo => {
  const [, , protocol = '', type = ''] = section.split(/\s+/, 4);
  const payloadType = Number(type);
  const [name, rate] = attributeOf(section, 'rtpmap', payloadType)?.split('/') ?? [];
  return {
    codec: (name?.trim() || staticCodecs.get(payloadType) || '?').toUpperCase(),
    payloadType,
    clockRate: Number.parseInt(rate ?? '90000', 10),
    protocol: protocol.toUpperCase(),
    control: controlOf(section),
    format: formatOf(attributeOf(section, 'fmtp', payloadType) ?? ''),
  };
};

/** Reads of a session description (RFC 8866) what a viewer of its video needs; whatever else it holds is passed over. */
export const parseSdp = (sdp: string): SessionDescription => {
  const [session = '', ...media] = sdp.split(/(?:^|[\r\n]+)(?=m=)/);
  return {
    control: controlOf(session),
    video: media.filter((section) => section.startsWith('m=video ')).map(describedVideoOf),
  };
};
