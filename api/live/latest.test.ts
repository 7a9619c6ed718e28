import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { Latest } from './latest.ts';

const latestWith = (maxKeys = 10) => {
  const clock = new SimulatedClock();
  return { clock, latest: new Latest<{ at: number; name: string }>(clock, maxKeys) };
};

test('a value is fresh for ten seconds and stale after', async () => {
  const { clock, latest } = latestWith();
  latest.set('a', { at: clock.now(), name: 'x' });
  await clock.advance(10_000);
  expect(latest.get('a')).toMatchObject({ ageMs: 10_000, isStale: false });
  await clock.advance(1);

  expect(latest.get('a')).toMatchObject({ ageMs: 10_001, isStale: true });
});

test('a value that was old when it came is stale at once', () => {
  const { clock, latest } = latestWith();
  latest.set('a', { at: clock.now() - 60_000, name: 'x' });

  expect(latest.get('a')?.isStale).toBe(true);
});

test('regression: a sender whose clock runs ahead does not look alive after it died (WVP #371, false status)', async () => {
  const { clock, latest } = latestWith();
  latest.set('a', { at: clock.now() + 3_600_000, name: 'x' });
  expect(latest.get('a')).toMatchObject({ ageMs: 0, isStale: false });
  await clock.advance(10_001);

  expect(latest.get('a')?.isStale).toBe(true);
});

test('our clock set back does not make a value young', async () => {
  const { clock, latest } = latestWith();
  latest.set('a', { at: clock.now(), name: 'x' });
  clock.jump(-3_600_000);
  await clock.advance(10_001);

  expect(latest.get('a')?.isStale).toBe(true);
});

test('keys are bounded, and what was silent longest goes first', () => {
  const { clock, latest } = latestWith(2);
  for (const key of ['a', 'b', 'a', 'c']) latest.set(key, { at: clock.now(), name: key });

  expect(latest.all().map(({ value }) => value.name)).toEqual(['a', 'c']);
  expect(latest.get('__proto__')).toBeUndefined();
});
