import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tinyYoloxCard, yoloxNanoCard } from '../../test/fixtures/inference/cards.ts';
import { picturesOfPeople, writePicture } from '../../test/fixtures/inference/coco-pictures.ts';
import { writeConstantModel } from '../../test/fixtures/inference/constant-model.ts';
import { createFramePool } from '../../test/fixtures/inference/frames.ts';
import { yoloxNanoFile } from '../../test/fixtures/inference/model-files.ts';
import { frameSpecOf } from '../frame-spec.ts';
import { boxIou } from '../track/box.ts';
import { FittedSessions } from './fitted-sessions.ts';

const [picture] = picturesOfPeople();
const file = yoloxNanoFile();

test.skipIf(!file || !picture)(
  'sees the same people without the padding (needs ../shared/models and ../shared/footage)',
  async () => {
    const { slots } = createFramePool(frameSpecOf(yoloxNanoCard), 1);
    const { slot, width, height } = await writePicture(
      picture?.file ?? '',
      slots,
      frameSpecOf(yoloxNanoCard),
    );
    const sessions = await FittedSessions.open(yoloxNanoCard, file ?? '');
    const peopleIn = async (size: { width: number; height: number }) => {
      const session = await sessions.of(size);
      session.input.fill(slots.pixels(slot), width, height);
      await session.run();
      const { detections } = session.find(session.outputs, width, height);
      return detections.filter(({ label, score }) => label === 'person' && score > 0.5);
    };

    const whole = await peopleIn({ width: 416, height: 416 });
    const fitted = await peopleIn({ width, height });
    const { input, outputs } = await sessions.of({ width, height });
    await sessions.close();

    // A picture that stands or lies, as bytes, and an answer of box, objectness, best class and its number.
    const [, rows = 0, columns = 0] = input.shape;
    expect(input).toMatchObject({ type: 'uint8', shape: [1, rows, columns, 3] });
    expect(Math.min(rows, columns)).toBeLessThan(416);
    const cells = [8, 16, 32].reduce((sum, stride) => sum + (rows / stride) * (columns / stride), 0);
    expect(outputs[0]).toHaveLength(7 * cells);
    expect(fitted.length).toBeGreaterThan(0);
    expect(fitted).toHaveLength(whole.length);
    for (const { box } of whole)
      expect(Math.max(...fitted.map((it) => boxIou(it.box, box)))).toBeGreaterThan(0.9);
  },
);

test('looks at all of the input with a model that takes one size only', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fitted-'));
  const { width, height } = tinyYoloxCard.input;
  const sessions = await FittedSessions.open(tinyYoloxCard, await writeConstantModel(folder, {}));

  const session = await sessions.of({ width, height: height / 2 });

  expect(session.input.shape).toEqual([1, 3, height, width]);
  await sessions.close();
  await rm(folder, { recursive: true });
});
