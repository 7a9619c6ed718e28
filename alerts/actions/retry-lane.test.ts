import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { type Errand, RetryLane } from './retry-lane.ts';

const away = new AppError('service-late', 'timeout', 'no answer');

describe('RetryLane', () => {
  let clock: SimulatedClock;
  let said: string[];

  beforeEach(() => {
    clock = new SimulatedClock();
    said = [];
  });

  const create = (change: { concurrency?: number; maxWaiting?: number } = {}): RetryLane =>
    new RetryLane({
      clock,
      concurrency: 2,
      maxWaiting: 10,
      backoff: { baseMs: 1000, maxMs: 4000, random: () => 1 },
      ...change,
    });
  const errand = (name: string, fails: number, change: Partial<Errand> = {}): Errand => {
    let tries = 0;
    return {
      giveUpAt: clock.now() + 20_000,
      attempt: async () => {
        said.push(`${name} ${++tries}`);
        if (tries <= fails) throw away;
      },
      onDone: () => said.push(`${name} done`),
      onFailed: ({ code }) => said.push(`${name} ${code}`),
      ...change,
    };
  };

  it('tries at once', async () => {
    create().add(errand('a', 0));
    await clock.advance(0);

    expect(said).toEqual(['a 1', 'a done']);
  });

  it('tries again until it succeeds', async () => {
    create().add(errand('a', 2));
    await clock.advance(3000);

    expect(said).toEqual(['a 1', 'a 2', 'a 3', 'a done']);
  });

  it('gives up when the next try would come too late', async () => {
    create().add(errand('a', 99));
    await clock.advance(60_000);

    // Waits of 1, 2, 4, 4, 4 and 4 s.
    expect(said).toEqual(['a 1', 'a 2', 'a 3', 'a 4', 'a 5', 'a 6', 'a 7', 'a service-late']);
  });

  it('does not repeat what is hopeless', async () => {
    const refused = new AppError('service-refused', 'invalid', 'answered 400');
    create().add(errand('a', 0, { attempt: () => Promise.reject(refused) }));
    await clock.advance(60_000);

    expect(said).toEqual(['a service-refused']);
  });

  it('lets no failing errand hold up another', async () => {
    const lane = create({ concurrency: 1 });
    lane.add(errand('a', 1));
    lane.add(errand('b', 0));
    await clock.advance(500);

    expect(said).toEqual(['a 1', 'b 1', 'b done']);
  });

  it('makes no more tries at a time than it may', async () => {
    const lane = create();
    const held: (() => void)[] = [];
    const attempt = (): Promise<void> => new Promise((resolve) => held.push(resolve));
    for (const name of ['a', 'b', 'c']) lane.add(errand(name, 0, { attempt }));
    await clock.advance(0);
    expect(held).toHaveLength(2);

    for (const release of held) release();
    await clock.advance(0);

    expect(held).toHaveLength(3);
  });

  it('refuses what is too much', () => {
    const lane = create({ concurrency: 1, maxWaiting: 1 });
    const attempt = (): Promise<void> => new Promise(() => undefined);

    expect(['a', 'b', 'c'].map((name) => lane.add(errand(name, 0, { attempt })))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('breaks off when it is closed, and says nothing of what was under way', async () => {
    const lane = create();
    const attempt = (signal: AbortSignal): Promise<void> =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(away)));
    lane.add(errand('a', 0, { attempt }));
    lane.add(errand('b', 9));
    await clock.advance(0);
    await lane.close();
    await clock.advance(60_000);

    expect(said).toEqual(['b 1']);
    expect(lane.add(errand('c', 0))).toBe(false);
    expect(clock.sleeping).toBe(0);
  });
});
