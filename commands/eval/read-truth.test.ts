import { expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { parseTruth, readTruth } from './read-truth.ts';

const event = { scenarioId: 'gate-night', startedAt: 1.5, endedAt: 4, dueAt: 3.5, note: '两人' };

test('reads situations in seconds', () => {
  expect(parseTruth(JSON.stringify([event]), 'truth.json')).toEqual([
    { scenarioId: 'gate-night', startedMs: 1500, endedMs: 4000, dueMs: 3500 },
  ]);
});

test.each([
  ['no list', '{}'],
  ['torn', '[{'],
  ['an unknown key', JSON.stringify([{ ...event, began: 1 }])],
  ['no scenario', JSON.stringify([{ startedAt: 1, endedAt: 2 }])],
  ['a time before the clip', JSON.stringify([{ ...event, startedAt: -1 }])],
  ['an end before the beginning', JSON.stringify([{ ...event, endedAt: 1 }])],
])('refuses %s', (_, text) => {
  expect(() => parseTruth(text, 'truth.json')).toThrow(expect.objectContaining({ code: 'truth-invalid' }));
});

test('refuses a file that is not there', async () => {
  await expect(readTruth('no/such/truth.json')).rejects.toMatchObject({ code: 'truth-invalid' });
});

test('refuses or reads any damage to a sound file', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const sound = JSON.stringify([event, event]);
  for (let round = 0; round < 1000; round++) {
    const at = random.whole(0, sound.length - 1);
    const text = sound.slice(0, at) + String.fromCharCode(random.whole(32, 126)) + sound.slice(at + 1);
    try {
      for (const { startedMs, endedMs } of parseTruth(text, 'truth.json')) {
        expect(startedMs, `seed ${seed}: ${text}`).toBeLessThanOrEqual(endedMs);
      }
    } catch (error) {
      expect(error, `seed ${seed}: ${text}`).toMatchObject({ code: 'truth-invalid' });
    }
  }
});
