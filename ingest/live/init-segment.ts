import { box, fullBox, u32 } from '../mp4/boxes.ts';
import type { CodecRecord } from '../mp4/codec-record.ts';
import { toMovie, trackId } from '../mp4/movie.ts';
import type { PictureSize } from '../ring/coding.ts';

const emptyTables = [
  fullBox('stts', 0, 0, u32(0)),
  fullBox('stsc', 0, 0, u32(0)),
  fullBox('stsz', 0, 0, u32(0), u32(0)),
  fullBox('stco', 0, 0, u32(0)),
];

const fragmented = box('mvex', fullBox('trex', 0, 0, u32(trackId), u32(1), Buffer.alloc(12)));

/** What a player is given before the first fragment (the ISO BMFF byte stream format of MSE). */
export const toInitSegment = (codec: CodecRecord, size: PictureSize): Buffer =>
  toMovie('iso6iso6mp41', {
    codec,
    size,
    duration: 0,
    shownAfter: 0,
    tables: emptyTables,
    rest: [fragmented],
  });
