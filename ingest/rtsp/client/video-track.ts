import { streamError } from '../../errors.ts';
import { diagnoseDescription } from '../diagnose.ts';
import { nalRules } from '../rtp/nal-rules.ts';
import type { RtpTrack } from '../rtp/rtp-receiver.ts';
import { unusualStream } from '../unusual-stream.ts';
import type { DescribedVideo } from './sdp.ts';

const codecs: ReadonlyMap<string, 'h264' | 'h265'> = new Map([
  ['H264', 'h264' as const],
  ['H265', 'h265' as const],
]);

/** Parameters that hold parameter sets: RFC 6184 section 8.1, RFC 7798 section 7.1. */
const setNames = {
  h264: ['sprop-parameter-sets'],
  h265: ['sprop-vps', 'sprop-sps', 'sprop-pps'],
};

const maxClockRate = 1_000_000;

const parameterSetsOf = (codec: 'h264' | 'h265', format: ReadonlyMap<string, string>): Buffer[] =>
  setNames[codec]
    .flatMap((name) => (format.get(name) ?? '').split(','))
    .map((text) => Buffer.from(text, 'base64'))
    .filter((set) => set.length > nalRules[codec].headerBytes);

const refuseUnusual = ({ clockRate, format, payloadType, protocol }: DescribedVideo): void => {
  const isUnusual =
    format.get('packetization-mode') === '2' || Number(format.get('sprop-max-don-diff') ?? 0) > 0;
  if (isUnusual) throw unusualStream('it sends NAL units out of their order');
  if (!/^RTP\/AVPF?(\/TCP)?$/.test(protocol)) throw unusualStream(`its protocol is ${protocol.slice(0, 20)}`);
  if (!(clockRate > 0 && clockRate <= maxClockRate)) throw unusualStream('its clock rate makes no sense');
  if (!(payloadType >= 0 && payloadType <= 127)) throw unusualStream('its payload type makes no sense');
};

/** The first video track, if it is one that we can read; throws what is wrong with it otherwise. */
export const chooseVideoTrack = (
  video: readonly DescribedVideo[],
): { track: RtpTrack; control: string | undefined } => {
  const first = video[0];
  const codec = codecs.get(first?.codec ?? '');
  if (!first || !codec) {
    const diagnosis = diagnoseDescription({ status: 200, videoCodecs: video.map((each) => each.codec) });
    throw streamError(diagnosis.cause, diagnosis.message);
  }
  refuseUnusual(first);
  const { payloadType, clockRate, control, format } = first;
  return {
    track: { codec, payloadType, clockRate, parameterSets: parameterSetsOf(codec, format) },
    control,
  };
};
