import {
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_SMPTE170M,
} from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import { expect, test } from 'vitest';
import { allocPicture } from './alloc-picture.ts';
import { PictureScaler } from './picture-scaler.ts';

const spec = { width: 416, height: 416, fit: 'letterbox' } as const;

/** A picture of one colour in three planes. */
const painted = (y: number, u: number, v: number): Frame => {
  const frame = new Frame();
  allocPicture(frame, { width: 640, height: 480 }, AV_PIX_FMT_YUV420P);
  const planes = frame.data ?? [];
  [y, u, v].forEach((level, at) => {
    planes[at]?.fill(level);
  });
  return frame;
};

// Red and mid grey by the equations of ITU-R BT.601 and BT.709, and with all levels or those of television.
test.each([
  ['BT.601, television', AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, [81, 90, 240], [255, 0, 0]],
  ['BT.709, television', AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, [63, 102, 240], [255, 0, 0]],
  ['BT.601, all levels', AVCOL_SPC_SMPTE170M, AVCOL_RANGE_JPEG, [76, 85, 255], [255, 0, 0]],
  ['grey of television', AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, [126, 128, 128], [128, 128, 128]],
  ['grey of all levels', AVCOL_SPC_SMPTE170M, AVCOL_RANGE_JPEG, [126, 128, 128], [126, 126, 126]],
] as const)('keeps colours of %s when it scales planes first', (_, space, range, [y, u, v], rgb) => {
  const frame = painted(y, u, v);
  frame.colorSpace = space;
  frame.colorRange = range;
  for (const pixel of ['rgb', 'bgr'] as const) {
    const scaler = new PictureScaler({ ...spec, pixel });
    const { width, height, pixels } = scaler.toPixels(frame);
    const middle = 3 * (width * (height / 2) + width / 2);
    const seen = [...pixels.subarray(middle, middle + 3)];
    scaler.close();

    expect([width, height]).toEqual([416, 312]);
    const wanted = pixel === 'rgb' ? rgb : [...rgb].reverse();
    wanted.forEach((level, at) => {
      expect(Math.abs((seen[at] ?? -99) - level), `${pixel} ${seen}`).toBeLessThanOrEqual(4);
    });
  }
  frame.free();
});

const levels = Array.from({ length: 9 }, (_, step) => 31 * step);
const colours = levels.flatMap((y) => levels.flatMap((u) => levels.map((v) => [y, u, v] as const)));

/** The first pixel as FFmpeg makes it in one step. */
const inOneStep = (frame: Frame): number[] => {
  const target = new Frame();
  const context = new SoftwareScaleContext();
  allocPicture(target, { width: 416, height: 312 }, AV_PIX_FMT_RGB24);
  context.allocContext();
  context.setOption('sws_flags', 'area');
  context.scaleFrameSync(target, frame);
  const pixel = [...(target.data?.[0]?.subarray(0, 3) ?? [])];
  context.freeContext();
  target.free();
  return pixel;
};

test.each([
  ['BT.709, television', AVCOL_SPC_BT709, AVCOL_RANGE_MPEG],
  ['BT.709, all levels', AVCOL_SPC_BT709, AVCOL_RANGE_JPEG],
  ['BT.601, all levels', AVCOL_SPC_SMPTE170M, AVCOL_RANGE_JPEG],
] as const)('gives the pixels of %s that one step gives, whatever the colour', (_, space, range) => {
  const scaler = new PictureScaler({ ...spec, pixel: 'rgb' });
  let furthest = 0;
  for (const colour of colours) {
    const frame = painted(...colour);
    frame.colorSpace = space;
    frame.colorRange = range;
    const wanted = inOneStep(frame);
    const seen = [...scaler.toPixels(frame).pixels.subarray(0, 3)];
    frame.free();

    furthest = Math.max(furthest, ...wanted.map((level, at) => Math.abs(level - (seen[at] ?? -99))));
  }
  scaler.close();

  expect(furthest, 'grey levels apart').toBeLessThanOrEqual(2);
});
