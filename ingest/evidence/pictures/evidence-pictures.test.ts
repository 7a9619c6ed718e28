import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '../../../core/errors.ts';
import { alertIdAt, randomFrom, startAt } from '../../../test/fixtures/api/alert-events.ts';
import { freshSeed } from '../../../test/fixtures/inference/seeded-random.ts';
import { evidencePathOf } from '../paths.ts';
import { createEvidencePictures } from './evidence-pictures.ts';

const alertId = alertIdAt(startAt);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-pictures-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Stripes of four pixels: all that a blur has to take away. */
const striped = (width = 1280, height = 720): Promise<Buffer> => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < width * height; index++)
    pixels.fill(Math.floor((index % width) / 4) % 2 ? 255 : 0, index * 3, index * 3 + 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
};

/** Half white and half black down the middle of the box, so that a light blur would leave the edge. */
const edged = (): Promise<Buffer> =>
  sharp({ create: { width: 1280, height: 720, channels: 3, background: '#000000' } })
    .composite([
      {
        input: { create: { width: 640, height: 720, channels: 3, background: '#ffffff' } },
        left: 640,
        top: 0,
      },
    ])
    .jpeg()
    .toBuffer();

const placed = async (picture: Buffer): Promise<void> => {
  const file = evidencePathOf(folder, alertId, 'snapshot');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, picture);
};
/** Edges of a blurred picture repeat their last column. */
const middleOf = (picture: Buffer): Promise<Buffer> =>
  sharp(picture).extract({ left: 200, top: 100, width: 240, height: 160 }).png().toBuffer();
const contrastOf = async (picture: Buffer): Promise<number> =>
  Math.max(...(await sharp(await middleOf(picture)).stats()).channels.map(({ stdev }) => stdev));

describe('a blurred snapshot', () => {
  it('has no fine detail left anywhere, also where nobody was detected', async () => {
    await placed(await striped());
    const blurred = await createEvidencePictures(folder).blurred(alertId, []);

    expect(await contrastOf(await striped())).toBeGreaterThan(100);
    expect(blurred && (await contrastOf(blurred))).toBeLessThan(3);
  });

  it('has coarse squares where somebody was, with a margin', async () => {
    await placed(await edged());
    const pictures = createEvidencePictures(folder);
    const box = { x: 0.45, y: 0.3, w: 0.1, h: 0.3 };
    const [without, within] = [await pictures.blurred(alertId, []), await pictures.blurred(alertId, [box])];
    const area = { left: 288, top: 100, width: 64, height: 120 };
    const levels = async (picture: Buffer | undefined): Promise<number> => {
      const row = await sharp(picture)
        .extract({ ...area, height: 1, top: 160 })
        .greyscale()
        .raw()
        .toBuffer();
      return new Set([...row].map((value) => Math.round(value / 16))).size;
    };

    expect(await levels(within)).toBeLessThan(await levels(without));
  });

  it('is small, and not there while there is no snapshot', async () => {
    const pictures = createEvidencePictures(folder);
    expect(await pictures.blurred(alertId, [])).toBeUndefined();
    await placed(await striped());
    const blurred = await pictures.blurred(alertId, [{ x: 0, y: 0, w: 1, h: 1 }]);

    expect((await sharp(blurred).metadata()).width).toBe(640);
    expect(blurred?.length).toBeLessThan(40_000);
  });
});

describe('a sketch on a picture', () => {
  it('darkens what is masked, draws the zone and leaves the rest as it was', async () => {
    const plain = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#808080' } })
      .jpeg()
      .toBuffer();
    const drawn = await createEvidencePictures(folder).sketched(plain, {
      zone: [
        [0.5, 0.5],
        [0.9, 0.5],
        [0.9, 0.9],
        [0.5, 0.9],
      ],
      masks: [
        [
          [0, 0],
          [0.25, 0],
          [0.25, 0.25],
          [0, 0.25],
        ],
      ],
    });
    const levelsOf = async (left: number, top: number) => {
      const part = await sharp(drawn).extract({ left, top, width: 40, height: 40 }).png().toBuffer();
      const { mean = 0, stdev = 0 } = (await sharp(part).stats()).channels[0] ?? {};
      return { mean, stdev };
    };
    const masked = await levelsOf(40, 40);

    expect(await sharp(drawn).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 480 });
    expect(masked.mean).toBeLessThan(70);
    for (const [left, top] of [
      [40, 300],
      [420, 320],
    ] as const) {
      const { mean, stdev } = await levelsOf(left, top);
      expect(mean).toBeCloseTo(128, -1);
      expect(stdev).toBeLessThan(1);
    }
    expect((await levelsOf(556, 412)).stdev).toBeGreaterThan(10);
  });

  it('says when there is no picture to draw on', async () => {
    const drawing = createEvidencePictures(folder).sketched(Buffer.from('none'), { masks: [] });

    await expect(drawing).rejects.toMatchObject({ code: 'picture-unreadable' });
  });
});

describe('a picture from the spot', () => {
  it('is kept upright and without what it carried: camera, place, words', async () => {
    const sent = await sharp(await striped(300, 200))
      .withExif({ IFD0: { Make: 'Secret' }, IFD3: { GPSLatitude: '26/1 22/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const item = await createEvidencePictures(folder).keep(
      alertId,
      Buffer.concat([sent, Buffer.from('behind its end')]),
    );
    const stored = await readFile(evidencePathOf(folder, alertId, `picture-${item.sha256}`));
    const { exif, width, height, format } = await sharp(stored).metadata();

    expect({ exif, width, height, format }).toEqual({
      exif: undefined,
      width: 200,
      height: 300,
      format: 'jpeg',
    });
    expect(item).toMatchObject({ width: 200, height: 300, sizeBytes: stored.length });
    expect(stored.includes('behind its end')).toBe(false);
  });

  it.each(['png', 'webp'] as const)('may be %s', async (format) => {
    const sent = await sharp(await striped(64, 64))
      .toFormat(format)
      .toBuffer();

    expect(await createEvidencePictures(folder).keep(alertId, sent)).toMatchObject({ width: 64, height: 64 });
  });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    [
      'a drawing that fetches',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    ],
    [
      'a GIF',
      async () =>
        sharp(await striped(8, 8))
          .gif()
          .toBuffer(),
    ],
    ['nothing', () => Buffer.alloc(0)],
    ['half a picture', async () => (await striped()).subarray(0, 20_000)],
    ['a page with a picture’s first bytes', () => Buffer.from('\xff\xd8\xff<script>', 'latin1')],
  ])('is not %s', async (_what, make) => {
    await expect(createEvidencePictures(folder).keep(alertId, await make())).rejects.toMatchObject({
      code: 'picture-unreadable',
    });
  });

  it('of more pixels than a telephone takes is refused before it is decoded', async () => {
    const huge = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();

    expect(huge.length).toBeLessThan(1024 ** 2);
    await expect(createEvidencePictures(folder).keep(alertId, huge)).rejects.toMatchObject({
      code: 'picture-unreadable',
    });
  });

  it.each([1, freshSeed()])('damaged at random with seed %s is a picture or a refusal', async (seed) => {
    const random = randomFrom(seed);
    const pictures = createEvidencePictures(folder);
    const whole = await striped(160, 120);
    for (let round = 0; round < 40; round++) {
      const bytes = Buffer.from(whole);
      for (let count = 0; count < 6; count++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const thrown: unknown = await pictures.keep(alertId, bytes).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (thrown !== undefined)
        expect(isAppError(thrown) && thrown.code, `seed ${seed}`).toBe('picture-unreadable');
    }
  });

  it('waits its turn, and is refused when too many wait', async () => {
    const pictures = createEvidencePictures(folder);
    const sent = await striped(64, 64);
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => pictures.keep(alertId, sent)));
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));

    expect(refused).toEqual(Array(4).fill('pictures-busy'));
  });
});
