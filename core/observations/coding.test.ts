import { expect, test } from 'vitest';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../test/fixtures/inference/seeded-random.ts';
import { randomFrames } from '../../test/fixtures/observations/random-frames.ts';
import type { ObservedFrame } from '../stages.ts';
import { decodeObservations, type Observation } from './decode.ts';
import { ObservationEncoder } from './encoder.ts';
import { toGrid } from './grid.ts';

const seeds = [
  ...Array.from({ length: 20 }, (_, index) => index + 1),
  ...Array.from({ length: 5 }, freshSeed),
];

const storedFrames = (random: SeededRandom, count: number): ObservedFrame[] =>
  randomFrames(random, count).map((frame) => {
    const stored = toGrid(frame);
    if (!stored) throw new Error('a random frame that cannot be stored');
    return stored;
  });

const encode = (encoder: ObservationEncoder, observations: readonly Observation[]): Uint8Array => {
  for (const observation of observations) {
    if (observation.what === 'look') encoder.look(observation.frame, observation.tickedAt);
    else encoder.interrupt();
  }
  return encoder.take();
};

const randomStory = (random: SeededRandom, count: number): Observation[] =>
  storedFrames(random, count).flatMap((frame): Observation[] => {
    const tickedAt = random.next() < 0.3 ? Math.round(frame.receivedAt - random.between(0, 5000)) : undefined;
    const look = { what: 'look' as const, frame, tickedAt };
    return random.next() < 0.1 ? [{ what: 'interrupt' }, look] : [look];
  });

test.each(seeds)('what is on the grid is on it already (seed %i)', (seed) => {
  const frames = storedFrames(createSeededRandom(seed), 50);

  expect(frames.map(toGrid)).toEqual(frames);
});

test.each(seeds)('chunks are read as they were written, one after the other (seed %i)', (seed) => {
  const random = createSeededRandom(seed);
  const encoder = new ObservationEncoder();
  for (let chunk = 0; chunk < 3; chunk++) {
    const story = randomStory(random, random.whole(0, 60));

    expect(decodeObservations(encode(encoder, story), 'gate-1')).toEqual(story);
  }
});

test.each(seeds)('damaged chunks give nothing or something, and never throw (seed %i)', (seed) => {
  const random = createSeededRandom(seed);
  const whole = encode(new ObservationEncoder(), randomStory(random, 20));
  for (let attempt = 0; attempt < 60; attempt++) {
    const bytes = whole.slice(0, random.next() < 0.5 ? random.whole(0, whole.length) : whole.length);
    for (let flip = random.whole(0, 4); flip > 0 && bytes.length > 0; flip--) {
      bytes[random.whole(0, bytes.length - 1)] = random.whole(0, 255);
    }
    const found = decodeObservations(bytes, 'gate-1') ?? [];

    for (const item of found)
      if (item.what === 'look') expect(Number.isFinite(item.frame.capturedAt)).toBe(true);
  }
});

test('a chunk cut off anywhere in a look is not believed', () => {
  const [look] = randomStory(createSeededRandom(3), 1);
  const whole = encode(new ObservationEncoder(), look ? [look] : []);
  const lengths = Array.from({ length: whole.length - 1 }, (_, index) => index);

  const believed = lengths.filter(
    (length) => (decodeObservations(whole.slice(0, length), 'gate-1') ?? []).length > 0,
  );

  expect(believed).toEqual([]);
});

test.each([
  ['nothing', []],
  ['a later coding', [2]],
  ['an op that there is not', [1, 3]],
  ['more tracks than there is room for', [1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ['a number without end', [1, 0, ...Array.from({ length: 40 }, () => 0xff)]],
])('refuses %s', (_, bytes) => {
  expect(decodeObservations(Uint8Array.from(bytes), 'gate-1')).toBeUndefined();
});

test('regression: stream time that counts from 1970 in microseconds is stored', () => {
  const [frame] = randomFrames(createSeededRandom(1), 1) as [ObservedFrame];
  const stored = toGrid({ ...frame, ptsUs: Date.UTC(2100, 0, 1) * 1000 });
  const story: Observation[] = stored ? [{ what: 'look', frame: stored, tickedAt: undefined }] : [];

  expect(story).toHaveLength(1);
  expect(decodeObservations(encode(new ObservationEncoder(), story), 'gate-1')).toEqual(story);
});

test('a frame whose times no frame can have has no place on the grid', () => {
  const [frame] = randomFrames(createSeededRandom(1), 1) as [ObservedFrame];

  for (const capturedAt of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
    expect(toGrid({ ...frame, capturedAt })).toBeUndefined();
  }
});

test('sound boxes stay sound on the grid and others do not become so', () => {
  const [frame] = randomFrames(createSeededRandom(5), 20).filter(({ tracks }) => tracks.length > 0) as [
    ObservedFrame,
  ];
  const widths = [1e-9, 0.5, 0, -1, Number.NaN].map((w) => {
    const tracks = frame.tracks.slice(0, 1).map((track) => ({ ...track, box: { x: 0, y: 0, w, h: 0.1 } }));
    return (toGrid({ ...frame, tracks })?.tracks[0]?.box.w ?? 0) > 0;
  });

  expect(widths).toEqual([true, true, false, false, false]);
});
