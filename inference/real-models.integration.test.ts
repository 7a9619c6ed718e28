import { describe, expect, test, vi } from 'vitest';
import { centernetCard, yoloxNanoCard } from '../test/fixtures/inference/cards.ts';
import { picturesOfPeople, writePicture } from '../test/fixtures/inference/coco-pictures.ts';
import { centernetFile, yoloxNanoFile } from '../test/fixtures/inference/model-files.ts';
import { openDetectorOn } from '../test/fixtures/inference/open-detector-on.ts';
import { frameSpecOf } from './frame-spec.ts';
import { boxIou } from './track/box.ts';

const pictures = picturesOfPeople();
const models = [
  { name: 'YOLOX-nano', needs: '../shared/models', card: yoloxNanoCard, file: yoloxNanoFile() },
  { name: 'CenterNet', needs: 'xueliang models pull', card: centernetCard, file: centernetFile() },
];

describe.each(models)('$name', ({ name, needs, card, file }) => {
  test.skipIf(!file || pictures.length === 0)(
    `finds people where they stand (needs ${needs} and ../shared/footage)`,
    async () => {
      const { detector, slots, found } = await openDetectorOn(card, file ?? '');
      let hits = 0;
      for (const [index, picture] of pictures.entries()) {
        detector.submit(await writePicture(picture.file, slots, frameSpecOf(card)));
        await vi.waitFor(() => expect(found).toHaveLength(index + 1), 20_000);
        const boxes = found[index]?.detections.filter(
          ({ label, score }) => label === 'person' && score >= 0.25,
        );
        hits += picture.persons.filter((person) =>
          boxes?.some(({ box }) => boxIou(box, person) >= 0.5),
        ).length;
      }
      await detector.close();

      const persons = pictures.flatMap((picture) => picture.persons).length;
      expect(hits / persons, `${name} found ${hits} of ${persons}`).toBeGreaterThanOrEqual(0.8);
    },
  );

  test.skipIf(!file || pictures.length === 0)(
    `finishes the run it is in when it is closed (needs ${needs} and ../shared/footage)`,
    async () => {
      const { detector, slots, found, dropped } = await openDetectorOn(card, file ?? '');
      const spec = frameSpecOf(card);
      const first = await writePicture(pictures[0]?.file ?? '', slots, spec);
      const second = { ...(await writePicture(pictures[1]?.file ?? '', slots, spec)), cameraId: 'b' };
      detector.submit(first);
      detector.submit(second);
      // The first one's slot is freed when its run begins.
      while (slots.taken > 1) await new Promise((resolve) => setImmediate(resolve));
      await detector.close();

      expect(found.map(({ frame }) => frame.cameraId)).toEqual(['camera']);
      expect(dropped).toEqual(['detector-busy']);
      expect(slots.taken).toBe(0);
    },
  );
});
