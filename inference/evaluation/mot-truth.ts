import { inferenceError } from '../errors.ts';
import type { Placed } from './scored-frame.ts';

/** What is true of one frame. */
export interface TruthFrame {
  counted: readonly Placed[];
  /** Objects that were too hard to see when the truth was drawn: neither hit nor miss. */
  ignored: readonly Placed[];
}

/** By the frame's index, from 0. */
export type Truth = ReadonlyMap<number, TruthFrame>;

export interface PictureSize {
  width: number;
  height: number;
}

const nothing: TruthFrame = { counted: [], ignored: [] };

export const truthOf = (truth: Truth, frame: number): TruthFrame => truth.get(frame) ?? nothing;

/**
 * Reads a ground truth in the text format of MOTChallenge (arXiv 1603.00831, 3.3):
 * `frame,id,left,top,width,height,flag,…`, frames from 1, boxes in pixels of a picture of `size`; a row whose flag is 0
 * is to be ignored. Boxes become shares of the picture. Throws `mot-truth-invalid` naming the line.
 */
export const parseMotTruth = (text: string, { width, height }: PictureSize): Truth => {
  const frames = new Map<number, { counted: Placed[]; ignored: Placed[] }>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const fields = line.split(',').map((field) => field.trim());
    const [frame = 0, left = 0, top = 0, w = 0, h = 0, flag = 0] = [0, 2, 3, 4, 5, 6].map((field) =>
      toNumber(fields[field], index),
    );
    if (!Number.isInteger(frame) || frame < 1 || w <= 0 || h <= 0) throw unreadable(index);
    const here = frames.get(frame - 1) ?? { counted: [], ignored: [] };
    frames.set(frame - 1, here);
    const box = { x: left / width, y: top / height, w: w / width, h: h / height };
    (flag === 0 ? here.ignored : here.counted).push({ id: fields[1] ?? '', box });
  }
  return frames;
};

const toNumber = (field: string | undefined, index: number): number => {
  const value = field ? Number(field) : Number.NaN;
  if (!Number.isFinite(value)) throw unreadable(index);
  return value;
};

const unreadable = (index: number) =>
  inferenceError(
    'mot-truth-invalid',
    `line ${index + 1} of the truth is not 'frame,id,left,top,width,height,flag' with frames from 1 and boxes in pixels`,
  );
