import { afterEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { alertIdAt, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { alertsError } from '../errors.ts';
import { CameraLanes, type CameraLanesOptions } from './camera-lanes.ts';

const hourMs = 3_600_000;
let lanes: CameraLanes | undefined;

afterEach(() => lanes?.close());

/** Lanes to a receiver that is scripted per event; what is sent, done and given up is noted. */
const open = (send: CameraLanesOptions['send'], options: Partial<CameraLanesOptions> = {}) => {
  const clock = new SimulatedClock();
  const noted = { sent: [] as string[], done: [] as number[], given: [] as string[] };
  lanes = new CameraLanes({
    ...{ clock, concurrency: 2, maxWaiting: 4, giveUpAfterMs: 24 * hourMs },
    backoff: { baseMs: 1000, maxMs: 300_000, random: () => 0.5 },
    send,
    onSent: ({ eventId }) => noted.sent.push(eventId),
    onFailure: () => undefined,
    onGivenUp: async ({ sequence }, _attempts, { code }) => void noted.given.push(`${sequence} ${code}`),
    ...options,
  });
  let sequence = 0;
  const take = (cameraId = 'gate-1', at = clock.now()): AlertEvent => {
    const own = ++sequence;
    const value = raisedEvent(raisedAlert({ alertId: alertIdAt(at, own), cameraId, raisedAt: at }));
    lanes?.take({ sequence: own, value, done: () => void noted.done.push(own) });
    return value;
  };
  return { clock, noted, take };
};
const failing = () => Promise.reject(alertsError('service-failing', 'answered 500'));

describe('CameraLanes', () => {
  it('sends no more than so many at the same time, and none of one camera beside another', async () => {
    const open_ = new Map<string, number>();
    let most = 0;
    const waiting: (() => void)[] = [];
    const { clock, noted, take } = open(async ({ cameraId }) => {
      open_.set(cameraId, (open_.get(cameraId) ?? 0) + 1);
      most = Math.max(
        most,
        [...open_.values()].reduce((sum, count) => sum + count),
      );
      expect(open_.get(cameraId)).toBe(1);
      await new Promise<void>((resolve) => waiting.push(resolve));
      open_.set(cameraId, 0);
    });
    for (let index = 0; index < 12; index++) take(`camera-${index % 4}`);
    for (let round = 0; round < 12; round++) {
      await clock.advance(1);
      for (const end of waiting.splice(0)) end();
    }
    await clock.advance(1);

    expect(noted.done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(most).toBe(2);
  });

  it('tries for a day, and no longer', async () => {
    const times: number[] = [];
    const { clock, noted, take } = open(() => {
      times.push(clock.now());
      return failing();
    });
    const { at } = take();
    await clock.advance(25 * hourMs);

    expect(noted.given).toEqual(['1 service-failing']);
    expect(noted.done).toEqual([1]);
    const last = (times.at(-1) ?? 0) - at;
    expect(last).toBeGreaterThan(23.8 * hourMs);
    expect(last).toBeLessThanOrEqual(24 * hourMs);
  });

  it('tries once what is older than a day already', async () => {
    const { clock, noted, take } = open(async () => undefined);
    take('gate-1', clock.now() - 48 * hourMs);
    await clock.advance(1);

    expect(noted.sent).toHaveLength(1);
  });

  it('gives up one that is refused for good, and goes on with the next', async () => {
    let count = 0;
    const { clock, noted, take } = open(() =>
      ++count === 1 ? Promise.reject(alertsError('service-refused', 'answered 410')) : Promise.resolve(),
    );
    take();
    take();
    await clock.advance(1);

    expect(noted).toMatchObject({ given: ['1 service-refused'], done: [1, 2] });
  });

  it('gives up what a receiver refuses while it takes others and its camera fills up', async () => {
    const { clock, noted, take } = open(({ cameraId, eventId }) =>
      cameraId === 'gate-1' && eventId.startsWith(poisoned) ? failing() : Promise.resolve(),
    );
    const poisoned = take().alertId;
    for (let index = 0; index < 6; index++) take();
    take('lane-2');
    await clock.advance(600_000);

    expect(noted.given).toEqual(['1 service-failing']);
    expect(noted.sent).toHaveLength(7);
  });

  it('gives up nothing for its number while the receiver takes nothing at all', async () => {
    const { clock, noted, take } = open(failing);
    for (let index = 0; index < 20; index++) take();
    await clock.advance(12 * hourMs);

    expect(noted).toEqual({ sent: [], done: [], given: [] });
  });

  it('keeps what cannot be put among the dead letters', async () => {
    let isBusAway = true;
    const { clock, noted, take } = open(
      () => Promise.reject(alertsError('service-refused', 'answered 400')),
      {
        onGivenUp: async ({ sequence }) => {
          if (isBusAway) throw alertsError('outbox-closed', 'the bus is away');
          noted.given.push(`${sequence}`);
        },
      },
    );
    take();
    await clock.advance(10_000);
    expect(noted.done).toEqual([]);
    isBusAway = false;
    await clock.advance(600_000);

    expect(noted).toMatchObject({ given: ['1'], done: [1] });
  });

  it('lets what is being sent be answered when it closes, and begins nothing more', async () => {
    const answers: (() => void)[] = [];
    const { clock, noted, take } = open(() => new Promise<void>((resolve) => answers.push(resolve)));
    take();
    take();
    take('lane-2');
    take('lane-3'); // waits for its turn
    await clock.advance(1);
    const closed = lanes?.close();
    take('lane-4');
    await clock.advance(1900);
    for (const answer of answers) answer();
    await closed;

    expect(answers).toHaveLength(2);
    expect(noted.done).toEqual([1, 3]);
    expect(noted.sent).toHaveLength(2);
    expect(clock.sleeping).toBe(0);
  });

  it('breaks off after two seconds what is not answered, and says nothing of it', async () => {
    const failures: string[] = [];
    const { clock, noted, take } = open(
      (_event, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      { onFailure: (_event, { code }) => void failures.push(code) },
    );
    take();
    await clock.advance(1);
    let isClosed = false;
    const closed = lanes?.close().then(() => {
      isClosed = true;
    });
    await clock.advance(1999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    await closed;

    expect(noted).toEqual({ sent: [], done: [], given: [] });
    expect(failures).toEqual([]);
  });

  it('does not wait for what is to be tried again later when it closes', async () => {
    const { clock, noted, take } = open(failing);
    take();
    await clock.advance(10);
    await lanes?.close();

    expect(noted.done).toEqual([]);
    expect(clock.sleeping).toBe(0);
  });
});
