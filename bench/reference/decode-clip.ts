import { AVERROR_EAGAIN, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet } from 'node-av/lib';
import { benchError } from '../errors.ts';

/**
 * Decodes the first `maxFrames` of a clip, without any of the shortcuts the program may take. A frame is valid while
 * `onFrame` runs.
 */
export const decodeClip = async (
  file: string,
  maxFrames: number,
  onFrame: (frame: Frame, index: number) => Promise<void>,
): Promise<void> => {
  const format = new FormatContext();
  const frame = new Frame();
  const packet = new Packet();
  format.allocContext();
  frame.alloc();
  packet.alloc();
  const context = new CodecContext();
  try {
    const streamIndex = await openDecoder(format, context, file);
    let index = 0;
    const receive = async (): Promise<void> => {
      while (context.receiveFrameSync(frame) >= 0) {
        if (index < maxFrames) await onFrame(frame, index);
        index++;
        frame.unref();
      }
    };
    while (index < maxFrames && format.readFrameSync(packet) >= 0) {
      if (packet.streamIndex === streamIndex) {
        if (context.sendPacketSync(packet) === AVERROR_EAGAIN) throw unreadable(file);
        await receive();
      }
      packet.unref();
    }
    context.sendPacketSync(null);
    await receive();
  } finally {
    context.freeContext();
    packet.free();
    frame.free();
    await format.closeInput();
  }
};

const openDecoder = async (format: FormatContext, context: CodecContext, file: string): Promise<number> => {
  if ((await format.openInput(file)) < 0) throw unreadable(file);
  await format.findStreamInfo();
  const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  const codec = stream && Codec.findDecoder(stream.codecpar.codecId);
  if (!stream || !codec) throw unreadable(file);
  context.allocContext3(codec);
  context.parametersToContext(stream.codecpar);
  context.threadCount = 1;
  if (context.open2Sync(codec) < 0) throw unreadable(file);
  return stream.index;
};

const unreadable = (file: string) =>
  benchError('bench-clip-unreadable', `the clip ${file} cannot be decoded; delete it and run again`);
