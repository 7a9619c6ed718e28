import { AV_CODEC_ID_H264, AV_CODEC_ID_HEVC } from 'node-av/constants';

/** What FFmpeg calls the codecs that cameras speak. */
export const codecIds = { h264: AV_CODEC_ID_H264, h265: AV_CODEC_ID_HEVC } as const;
