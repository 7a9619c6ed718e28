import { expect, test } from 'vitest';
import type { Label } from '../../core/schema/label.ts';
import { referenceAveragePrecision } from '../../test/fixtures/inference/reference-average-precision.ts';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../test/fixtures/inference/seeded-random.ts';
import { measureDetection } from './detection-accuracy.ts';
import type { LabelledPicture } from './labelled-picture.ts';

const labels = ['person', 'car', 'dog'] as const satisfies Label[];
const box = { x: 0.2, y: 0.2, w: 0.2, h: 0.4 };
const person = (score: number, x = box.x) => ({ label: 'person', score, box: { ...box, x } }) as const;
const truth = (x = box.x) => ({ label: 'person', box: { ...box, x } }) as const;

test('is 1 when all is found and nothing else is', () => {
  const pictures = [{ truths: [truth()], detections: [person(0.9)] }];

  expect(measureDetection(pictures, labels)).toEqual({
    pictures: 1,
    labels: [{ label: 'person', truths: 1, ap50: 1, ap: 1 }],
    map50: 1,
    map: 1,
  });
});

test('counts a second detection of the same thing as false', () => {
  const pictures = [
    { truths: [truth(), truth(0.6)], detections: [person(0.9), person(0.8), person(0.7, 0.6)] },
  ];

  const { map50 } = measureDetection(pictures, labels);

  // Precision 1 up to half the recall (51 of 101 points), two thirds beyond.
  expect(map50).toBeCloseTo((51 + 50 * (2 / 3)) / 101, 10);
});

test('leaves out what lies on a crowd, and a label that no true box has', () => {
  const crowd = { ...truth(0.6), isCrowd: true };
  const car = { ...person(0.99), label: 'car' } as const;

  const { labels: measured } = measureDetection(
    [{ truths: [truth(), crowd], detections: [person(0.95, 0.6), person(0.9), car] }],
    labels,
  );

  expect(measured).toEqual([{ label: 'person', truths: 1, ap50: 1, ap: 1 }]);
});

test('has no mean where there is nothing to be found', () => {
  expect(measureDetection([{ truths: [], detections: [person(0.9)] }], labels).map50).toBeNull();
});

const randomPicture = (random: SeededRandom): LabelledPicture => {
  const randomBox = () => ({
    x: random.between(0, 0.6),
    y: random.between(0, 0.6),
    w: random.between(0.05, 0.4),
    h: random.between(0.05, 0.4),
  });
  const randomLabel = (): Label => labels[random.whole(0, 2)] ?? 'person';
  const truths = Array.from({ length: random.whole(0, 6) }, () => ({
    label: randomLabel(),
    box: randomBox(),
    isCrowd: random.next() < 0.15,
  }));
  const near = truths.flatMap(({ label, box: { x, y, w, h } }) =>
    Array.from({ length: random.whole(0, 3) }, () => ({
      label: random.next() < 0.9 ? label : randomLabel(),
      score: random.whole(1, 20) / 20, // coarse, so that scores are often alike
      box: { x: x + random.between(-0.03, 0.03), y: y + random.between(-0.03, 0.03), w, h },
    })),
  );
  const noise = Array.from({ length: random.whole(0, 4) }, () => ({
    label: randomLabel(),
    score: random.whole(1, 20) / 20,
    box: randomBox(),
  }));
  return { truths, detections: [...near, ...noise] };
};

test('agrees with a reference that is written straight from the rules', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  for (let round = 0; round < 25; round++) {
    const pictures = Array.from({ length: random.whole(1, 12) }, () => randomPicture(random));
    for (const { label, ap50, ap } of measureDetection(pictures, labels).labels) {
      const ofLabel = pictures.map(({ truths, detections }) => ({
        truths: truths
          .filter((it) => it.label === label)
          .map(({ box, isCrowd = false }) => ({ box, isCrowd })),
        detections: detections.filter((it) => it.label === label),
      }));
      const reference = Array.from({ length: 10 }, (_, step) =>
        referenceAveragePrecision(ofLabel, 0.5 + step * 0.05),
      );
      const said = `seed ${seed}, round ${round}, ${label}`;

      expect(ap50, said).toBeCloseTo(reference[0] ?? Number.NaN, 10);
      expect(ap, said).toBeCloseTo(reference.reduce((sum, value) => sum + value, 0) / 10, 10);
    }
  }
});

test('looks at the hundred surest detections of a label in a picture', () => {
  const noise = Array.from({ length: 100 }, (_, index) => person(0.9, 0.5 + index * 0.001));

  const { map50 } = measureDetection(
    [{ truths: [truth(0.1)], detections: [...noise, person(0.5, 0.1)] }],
    labels,
  );

  expect(map50).toBe(0);
});
