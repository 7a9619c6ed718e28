import { beforeAll, expect, test } from 'vitest';
import { footagePictures } from '../../test/fixtures/ingest/footage-pictures.ts';
import type { Luma } from './luma-gate.ts';
import { PictureJudge } from './picture-judge.ts';

let plain: Luma[] = [];

beforeAll(async () => {
  plain = await footagePictures(0.5);
}, 300_000);

/** Conditions in the order in which they were said, while the pictures are shown over and over for so many minutes. */
const judging = () => {
  let elapsedMs = 0;
  const judge = new PictureJudge({ now: () => elapsedMs, monotonic: () => elapsedMs });
  return (pictures: readonly Luma[], minutes: number): (string | undefined)[] => {
    const said: (string | undefined)[] = [];
    for (let index = 0; index < minutes * 4; index++) {
      const picture = pictures[(index * 7) % pictures.length];
      if (picture) judge.look(picture);
      elapsedMs += 15_000;
      const condition = judge.fault?.condition;
      if (said.length === 0 || said.at(-1) !== condition) said.push(condition);
    }
    return said;
  };
};

test.each([
  ['blurred', 'gblur=sigma=7', 'blurred'],
  ['blurred beyond recognition', 'gblur=sigma=20', 'blurred'],
  ['black but for noise', 'lutyuv=y=18,noise=alls=10:allf=t', 'dark'],
  ['covered with a cloth', 'boxblur=60:3,lutyuv=y=70+(val-120)*0.1,noise=alls=6:allf=t', 'covered'],
  ['shifted by a twentieth', 'crop=iw-40:ih-40:40:40,scale=768:576', 'moved'],
  ['turned by four degrees', 'rotate=0.07', 'moved'],
  ['of another view', 'hflip', 'moved'],
])('says of real footage that is %s so, and that it is over', async (_, filter, condition) => {
  const wrong = await footagePictures(0.5, filter);
  const show = judging();

  const said = [show(plain, 10), show(wrong, 6), show(plain, 2)];

  expect(said).toEqual([[undefined], [undefined, condition], [condition, undefined]]);
});

test('says of real footage that stands still that it is frozen', () => {
  const show = judging();

  expect([show(plain, 10), show(plain.slice(3, 4), 4)]).toEqual([[undefined], [undefined, 'frozen']]);
});

test.each([
  ['as it is', 'null'],
  ['at night', 'lutyuv=y=val*0.25,noise=alls=12:allf=t'],
  ['in a dark night', 'lutyuv=y=16+(val-16)*0.12,noise=alls=10:allf=t'],
  ['in fog', 'lutyuv=y=180+(val-120)*0.1'],
  ['in thick fog', 'lutyuv=y=180+(val-120)*0.05,noise=alls=4:allf=t'],
  ['as infrared shows it', 'lutyuv=y=255*pow(abs(val-110)/145\\,0.7)'],
  ['in rain', 'noise=alls=60:allf=t'],
  ['a little out of focus', 'gblur=sigma=3'],
  ['a little shaken', 'crop=iw-8:ih-8:8:8,scale=768:576'],
])('says nothing of real footage %s', async (_, filter) => {
  const changed = await footagePictures(0.5, filter);
  const show = judging();

  expect([show(plain, 10), show(changed, 10), show(plain, 5)]).toEqual([
    [undefined],
    [undefined],
    [undefined],
  ]);
});
