import { expect, test } from 'vitest';
import { codeDigits } from './frame-code.ts';
import { sentWhen, toPictureAges } from './picture-age.ts';

const gray = (number: number): boolean[] =>
  Array.from({ length: codeDigits }, (_, digit) => (((number ^ (number >> 1)) >> digit) & 1) === 1);
const plan = { id: 'gate', parts: [{ reelId: 'gate', frames: 1000 }], offsetFrames: 990 };
const firstAt = 1_000_000;
const seen = (number: number, seenAt: number, capturedAt = seenAt) => ({
  ...{ cameraId: 'gate', digits: gray(number), seenAt, capturedAt },
});

test('a picture was sent when the camera last came to its number', () => {
  // Number 5 is the sixteenth picture after the first, which is 990 of the round.
  expect(sentWhen(plan, firstAt, seen(5, firstAt + 15 * 40 + 300))).toBe(firstAt + 600);
  // A round later it is another.
  expect(sentWhen(plan, firstAt, seen(5, firstAt + 1015 * 40 + 10))).toBe(firstAt + 1015 * 40);
  // Of the end of the round before, seen at the beginning of the next.
  expect(sentWhen(plan, firstAt, seen(999, firstAt + 12 * 40))).toBe(firstAt + 9 * 40);
});

test('says how old pictures are, and how far off what is drawn over them', () => {
  const at = (n: number): number => firstAt + n * 40;
  const ages = toPictureAges(
    [seen(0, at(10) + 500, at(10) + 30), seen(1, at(11) + 700, at(11) + 250)],
    [plan],
    { gate: firstAt },
  );

  expect(ages).toMatchObject({ pictures: 2, cameras: 1, p50: 600, max: 700, within: 0.5, stepP50: 140 });
});
