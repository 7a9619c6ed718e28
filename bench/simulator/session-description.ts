import type { VideoCodec } from './access-unit.ts';
import { payloadType } from './rtp-frame.ts';

/** The SDP of a camera with one video track (RFC 4566; formats as RFC 6184 and RFC 7798 name them). */
export const describeVideo = (codec: VideoCodec, parameterSets: readonly Buffer[]): string =>
  [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=simulated camera',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    'a=control:*',
    'a=range:npt=now-',
    `m=video 0 RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${codec === 'h264' ? 'H264' : 'H265'}/90000`,
    `a=fmtp:${payloadType} ${formatOf(codec, parameterSets)}`,
    'a=control:track1',
    '',
  ].join('\r\n');

const formatOf = (codec: VideoCodec, sets: readonly Buffer[]): string => {
  const [first, second, third] = sets.map((set) => set.toString('base64'));
  if (codec === 'h265') return `sprop-vps=${first}; sprop-sps=${second}; sprop-pps=${third}`;
  const profile = sets[0]?.subarray(1, 4).toString('hex') ?? '';
  return `packetization-mode=1; profile-level-id=${profile}; sprop-parameter-sets=${first},${second}`;
};
