import { expect, test } from 'vitest';
import { footagePictures } from '../../test/fixtures/ingest/footage-pictures.ts';
import { StillFinder } from './still-finder.ts';

const fps = 0.5;
const from20s = "enable='gte(t\\,20)'";
/** A thing of many greys, pasted into the footage from its twentieth second on; places in its 768×576 pixels. */
const pasted = (x: number, y: number, w: number, h: number): string =>
  `null[plain];smptebars=size=${w}x${h}:rate=${fps}[thing];[plain][thing]overlay=${x}:${y}:shortest=1:${from20s}`;
const shaded = (w: number, h: number, factor: number): string =>
  `split[plain][part];[part]crop=${w}:${h}:300:400,lutyuv=y=val*${factor}[shade];[plain][shade]overlay=300:400:${from20s}`;

/** All that was found, and the last. */
const find = async (filter: string) => {
  const finder = new StillFinder({ minSize: 0.04 });
  const said = (await footagePictures(fps, filter)).map((picture, index) =>
    finder.look(picture, ((index + 1) * 1e6) / fps),
  );
  return { all: said.flatMap(({ still }) => still), last: said.at(-1)?.still ?? [] };
};

test.each([
  ['a crate', pasted(300, 420, 40, 32), 300, 420],
  ['a sack', pasted(420, 300, 30, 26), 420, 300],
  ['a black bag', `drawbox=x=300:y=420:w=36:h=30:color=black:t=fill:${from20s}`, 300, 420],
  ['a white bag', `drawbox=x=300:y=420:w=36:h=30:color=white:t=fill:${from20s}`, 300, 420],
  ['a crate under a cloud', `${pasted(300, 420, 40, 32)},lutyuv=y=val*0.6:enable='gte(t\\,45)'`, 300, 420],
  ['a crate and a switch to infrared', `${pasted(300, 420, 40, 32)},negate=enable='gte(t\\,45)'`, 300, 420],
])('finds %s among the walkers of real footage, and nothing else', async (_, filter, x, y) => {
  const { all, last } = await find(filter);

  expect(last).toHaveLength(1);
  expect(last[0]?.stillMs).toBeGreaterThan(40_000);
  for (const { box } of all) {
    expect(Math.abs(box.x * 768 - x)).toBeLessThan(20);
    expect(Math.abs(box.y * 576 - y)).toBeLessThan(20);
  }
});

test.each([
  ['walkers, some of whom stand', 'null'],
  ['a shadow', shaded(100, 70, 0.6)],
  ['a faint shadow', shaded(60, 50, 0.75)],
  ['a sunny spot', shaded(100, 70, 1.4)],
  ['night', 'lutyuv=y=val*0.25,noise=alls=12:allf=t'],
  ['a crate that is taken away', pasted(300, 420, 40, 32).replace('gte(t\\,20)', 'lt(t\\,30)')],
])('makes nothing of %s in real footage', async (_, filter) => {
  const { all } = await find(filter);

  expect(all).toEqual([]);
});
