import { type AVCodecID, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Dictionary, FormatContext, InputFormat } from 'node-av/lib';
import { codecIds } from '../../codec-ids.ts';
import { streamError } from '../../errors.ts';
import type { Codec } from '../../ring/coding.ts';
import type { PinnedAddress } from '../address-guard.ts';
import { describeStream } from '../describe.ts';
import { causeOfOpen, diagnoseDescription, diagnosisOf } from '../diagnose.ts';
import type { OpenRtspOptions } from '../open-rtsp.ts';
import { toAuthenticatedUrl } from '../stream-url.ts';
import { FfmpegStream, type VideoTrack } from './ffmpeg-stream.ts';

/** Enough for a keyframe of 4K; FFmpeg keeps what it probes and gives it back as the first packets. */
const probeBytes = 2_000_000;
/** Of stream time. FFmpeg stops as soon as it knows size and reordering, normally after a few frames. */
const probeUs = 1_000_000;
const describeTimeoutMs = 4_000;
const describeAgainMs = 500;

const codecs: ReadonlyMap<AVCodecID, Codec> = new Map([
  [codecIds.h264, 'h264' as const],
  [codecIds.h265, 'h265' as const],
]);

/** Options of FFmpeg's RTSP demuxer. The whitelist keeps it from files, HTTP and whatever else a reply may name. */
const toDemuxerOptions = (
  { isTls }: PinnedAddress,
  { transport, socketTimeoutMs }: OpenRtspOptions,
): Dictionary =>
  Dictionary.fromObject({
    rtsp_transport: isTls ? 'tcp' : transport,
    allowed_media_types: 'video',
    protocol_whitelist: isTls ? 'tls,tcp' : transport === 'udp' ? 'tcp,udp,rtp' : 'tcp',
    timeout: String(socketTimeoutMs * 1000),
    user_agent: 'xueliang',
    probesize: String(probeBytes),
    analyzeduration: String(probeUs),
    fpsprobesize: '0',
  });

/** Why FFmpeg could not open: by its error, or by the camera's own words when that says too little. */
const explainOpen = async (code: number, pinned: PinnedAddress, options: OpenRtspOptions): Promise<Error> => {
  const cause = causeOfOpen(code);
  if (cause) return streamError(cause, diagnosisOf(cause).message);
  const { clock, credentials, signal } = options;
  const ask = () => describeStream({ pinned, credentials, clock, signal, timeoutMs: describeTimeoutMs });
  let description = await ask();
  if ('status' in description && description.status >= 500) {
    // A server that is still tidying up after FFmpeg's attempt says so once.
    await clock.sleep(describeAgainMs, signal);
    description = await ask();
  }
  const diagnosis = diagnoseDescription(description);
  return streamError(diagnosis.cause, diagnosis.message, { detail: `FFmpeg ${code}` });
};

/** A camera may redirect (RTSP 3xx) and FFmpeg follows; what it leads to has not been checked. */
const refuseRedirect = (format: FormatContext, pinned: PinnedAddress): void => {
  const url = format.url ?? '';
  if (URL.canParse(url) && new URL(url).host === new URL(pinned.url).host) return;
  throw streamError('address-forbidden', diagnosisOf('address-forbidden', 'it redirects elsewhere').message);
};

const chooseVideo = (format: FormatContext): VideoTrack => {
  const video = format.streams.find((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (!video) throw streamError('no-video', diagnosisOf('no-video').message);
  const codec = codecs.get(video.codecpar.codecId);
  if (!codec) throw streamError('unsupported-codec', diagnosisOf('unsupported-codec').message);
  const { num, den } = video.timeBase;
  return {
    index: video.index,
    codec,
    tickUs: (num * 1e6) / den,
    reorderFrames: Math.max(0, video.codecpar.videoDelay),
    parameterSets: Buffer.from(video.codecpar.extradata ?? []),
  };
};

const openInput = async (
  format: FormatContext,
  pinned: PinnedAddress,
  options: OpenRtspOptions,
): Promise<void> => {
  const demuxerOptions = toDemuxerOptions(pinned, options);
  const url = toAuthenticatedUrl(pinned.url, options.credentials);
  try {
    const code = await format.openInput(url, InputFormat.findInputFormat('rtsp'), demuxerOptions);
    if (code < 0) throw await explainOpen(code, pinned, options);
  } finally {
    demuxerOptions.free();
  }
  refuseRedirect(format, pinned);
  await format.findStreamInfo();
};

/**
 * Opens a camera's video track, and only that, with FFmpeg's demuxer. Throws a `stream-…` error that says what is wrong; returns nothing
 * when `signal` aborts meanwhile.
 */
export const openFfmpegRtsp = async (options: OpenRtspOptions): Promise<FfmpegStream | undefined> => {
  const leave = options.seats.take();
  let stream: FfmpegStream | undefined;
  try {
    stream = await openStream(options, leave);
    return stream;
  } finally {
    if (!stream) leave();
  }
};

const openStream = async (
  options: OpenRtspOptions,
  onClosed: () => void,
): Promise<FfmpegStream | undefined> => {
  const { clock, guard, openTimeoutMs, signal } = options;
  const pinned = await guard.pin(options.url);
  if (signal.aborted) return undefined;
  const format = new FormatContext();
  format.allocContext();
  const opened = new AbortController();
  let isLate = false;
  const interrupt = (): void => format.interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  void clock.sleep(openTimeoutMs, AbortSignal.any([signal, opened.signal])).then(() => {
    if (opened.signal.aborted || signal.aborted) return;
    isLate = true;
    interrupt();
  });
  try {
    await openInput(format, pinned, options);
    if (isLate) throw streamError('stalled', diagnosisOf('stalled', 'it did not open in time').message);
    return new FfmpegStream(format, chooseVideo(format), clock, onClosed);
  } catch (error) {
    await format.closeInput();
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
    opened.abort();
  }
};
