import { AV_CODEC_ID_H264, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { FormatContext, Packet } from 'node-av/lib';
import { benchError } from '../errors.ts';
import { type AccessUnit, splitLengthPrefixed, type VideoCodec } from './access-unit.ts';

/** A clip's pictures in sending order, without B-frames. */
export interface Clip {
  codec: VideoCodec;
  units: readonly AccessUnit[];
}

/** Reads an MP4 of H.264 or H.265 whose keyframes carry their own parameter sets. */
export const readClip = async (file: string): Promise<Clip> => {
  const format = new FormatContext();
  format.allocContext();
  try {
    if ((await format.openInput(file)) < 0) throw unreadable(file);
    await format.findStreamInfo();
    const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
    if (!stream) throw unreadable(file);
    const codec = stream.codecpar.codecId === AV_CODEC_ID_H264 ? 'h264' : 'h265';
    const units = readUnits(format, stream.index);
    if (units[0]?.isKeyframe !== true) throw unreadable(file);
    return { codec, units };
  } finally {
    await format.closeInput();
  }
};

const readUnits = (format: FormatContext, streamIndex: number): AccessUnit[] => {
  const units: AccessUnit[] = [];
  for (;;) {
    const packet = new Packet();
    packet.alloc();
    const isRead = format.readFrameSync(packet) >= 0;
    if (isRead && packet.streamIndex === streamIndex && packet.data) {
      units.push({ nals: splitLengthPrefixed(Buffer.from(packet.data)), isKeyframe: packet.isKeyframe });
    }
    packet.free();
    if (!isRead) return units;
  }
};

const unreadable = (file: string) =>
  benchError(
    'bench-clip-unreadable',
    `the clip ${file} is no MP4 that begins with a keyframe; delete it and run again`,
  );
