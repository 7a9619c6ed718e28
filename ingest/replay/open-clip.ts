import path from 'node:path';
import { AV_LOG_QUIET, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FormatContext, Log } from 'node-av/lib';
import { ingestError } from '../errors.ts';
import { ClipTimes } from './clip-times.ts';

/**
 * Containers and pictures by FFmpeg's names. A playlist (HLS, DASH, concat) is none of them: it would have other files of this
 * machine read, or other machines asked (CVE-2016-1897, CVE-2017-9993, CVE-2026-107697).
 */
const clipFormats = [
  ...['mov', 'mp4', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'flv', 'asf', 'dhav', 'ogg'],
  ...['h264', 'hevc', 'm4v', 'mpegvideo', 'mjpeg', 'yuv4mpegpipe', 'gif'],
  ...['image2', 'jpeg_pipe', 'png_pipe', 'webp_pipe', 'bmp_pipe', 'tiff_pipe'],
].join(',');

/** What FFmpeg holds for a clip that is being read. */
export interface OpenClip {
  format: FormatContext;
  context: CodecContext;
  streamIndex: number;
  times: ClipTimes;
}

/**
 * `as-worker`: blocks' edges stay visible, as a worker decodes its cameras. `whole`: everything that the codec does is
 * done.
 */
export type Decoding = 'as-worker' | 'whole';

/** Opens a file's video track and its decoder. Throws `clip-unreadable`. */
export const openClip = async (file: string, decoding: Decoding): Promise<OpenClip> => {
  Log.setLevel(AV_LOG_QUIET); // it writes past our own log; what it could not decode is counted
  const format = new FormatContext();
  const context = new CodecContext();
  format.allocContext();
  try {
    const options = Dictionary.fromObject({ protocol_whitelist: 'file', format_whitelist: clipFormats });
    const opened = await format.openInput(`file:${path.resolve(file)}`, null, options);
    if (opened < 0) throw unreadable(file, 'it is missing, or no video file');
    await format.findStreamInfo();
    const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
    if (!stream) throw unreadable(file, 'it has no video track');
    const codec = Codec.findDecoder(stream.codecpar.codecId);
    if (!codec) throw unreadable(file, 'there is no decoder for its codec');
    context.allocContext3(codec);
    context.parametersToContext(stream.codecpar);
    context.threadCount = 1;
    if (decoding === 'as-worker') context.setOption('skip_loop_filter', 'all');
    if (context.open2Sync(codec) < 0) throw unreadable(file, 'its decoder does not open');
    const times = new ClipTimes(stream.timeBase, stream.avgFrameRate);
    return { format, context, streamIndex: stream.index, times };
  } catch (error) {
    context.freeContext();
    await format.closeInput();
    throw error;
  }
};

const unreadable = (file: string, why: string) =>
  ingestError('clip-unreadable', `the clip '${file}' cannot be decoded: ${why}`);
