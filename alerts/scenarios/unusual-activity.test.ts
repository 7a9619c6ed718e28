import { describe, expect, it } from 'vitest';
import { type CameraNormals, hoursOfWeek } from '../../core/schema/normals.ts';
import { boxAt, Rehearsal, type Sketch, unusualActivityWith } from '../../test/fixtures/alerts/rehearsal.ts';

/** Monday 2026-01-05 08:00 in Shanghai, where a quarter of an hour begins. */
const startAt = Date.UTC(2026, 0, 5, 0);
const quarter = 900;

/** 40 to 60 cars at every hour: unusual below 13 or above 112. */
const normalsWith = (change: Partial<CameraNormals> = {}): CameraNormals => ({
  schemaVersion: 1,
  cameraId: 'gate-1',
  computedAt: startAt,
  timezone: 'Asia/Shanghai',
  watchedDays: 20,
  labels: [
    {
      label: 'car',
      low: new Array<number | null>(hoursOfWeek).fill(40),
      high: new Array<number | null>(hoursOfWeek).fill(60),
    },
  ],
  ...change,
});

/** So many cars a quarter, one after the other, each in the picture for a while. */
const cars =
  (perQuarter: (index: number) => number) =>
  (second: number): Sketch[] => {
    const index = Math.floor(second / quarter);
    const count = perQuarter(index);
    if (count === 0) return [];
    const serial = Math.floor(((second % quarter) * count) / quarter);
    return [{ trackId: `${index}-${serial}`, label: 'car', box: boxAt(0.5, 0.5) }];
  };

const rehearse = (change = {}, options = {}) =>
  new Rehearsal({ scenarios: [unusualActivityWith(change)], normals: normalsWith(), startAt, ...options });
/** One look in two seconds. */
const drive = (stage: Rehearsal, quarters: number, perQuarter: (index: number) => number): Rehearsal =>
  stage.play(quarters * quarter, cars(perQuarter), 0.5);
const explain = (stage: Rehearsal) => stage.engine.explain('gate-1', stage.clock.now())[0];
const minutesIn = (at: number | undefined): number => ((at ?? 0) - startAt) / 60_000;

describe('UnusualActivityWatch', () => {
  it('alerts to too many as soon as they are, and ends when a whole quarter is back inside', () => {
    const stage = drive(rehearse(), 4, (index) => (index === 1 ? 150 : 50));

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
    expect(minutesIn(stage.raised[0]?.raisedAt)).toBeGreaterThan(15 + 11);
    expect(minutesIn(stage.raised[0]?.raisedAt)).toBeLessThan(15 + 12);
    expect(minutesIn(stage.raised[0]?.startedAt)).toBe(15);
    expect(minutesIn(stage.ended[0]?.endedAt)).toBe(30);
    expect(stage.raised[0]?.facts).toMatchObject({
      ...{ label: 'car', count: 113, limitCount: 112, usualLow: 40, usualHigh: 60 },
    });
  });

  it('alerts to too few when the quarter is over and was looked at', () => {
    const stage = drive(rehearse(), 4, (index) => (index === 1 ? 5 : 50));

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
    expect(minutesIn(stage.raised[0]?.raisedAt)).toBe(31);
    expect(stage.raised[0]?.facts).toMatchObject({ count: 5, limitCount: 13 });
  });

  it.each([
    ['within the limits', {}, 70],
    ['too few, where only more counts', { sides: 'more' }, 2],
    ['too many, where only fewer counts', { sides: 'fewer' }, 200],
    ['many, where the factor allows it', { factor: 5 }, 150],
  ])('says nothing of what is %s', (_, change, count) => {
    expect(drive(rehearse(change), 4, () => count).events).toEqual([]);
  });

  it('says nothing before two weeks were watched, or of an hour that it does not know', () => {
    const short = rehearse({}, { normals: normalsWith({ watchedDays: 9 }) });
    const unknown = rehearse({}, { normals: normalsWith({ labels: [] }) });

    expect(drive(short, 3, () => 500).events).toEqual([]);
    expect(drive(unknown, 3, () => 500).events).toEqual([]);
    expect(explain(short)?.missing).toEqual([{ what: 'history', haveDays: 9, needDays: 14 }]);
    expect(explain(unknown)?.missing).toEqual([{ what: 'hour', label: 'car' }]);
    expect(explain(drive(rehearse({}, { normals: undefined }), 1, () => 1))?.missing).toEqual([
      { what: 'history', haveDays: 0, needDays: 14 },
    ]);
  });

  it('takes a quarter in which the camera was lost for none with too few', () => {
    const stage = drive(rehearse(), 1, () => 50);
    stage.wait(10 * 60_000);
    stage.engine.interrupt('gate-1');

    drive(stage, 1, () => 4);

    expect(stage.events).toEqual([]);
  });

  it('goes on counting after a cut stream', () => {
    const stage = rehearse().play(
      500,
      cars(() => 150),
      0.5,
    );
    stage.engine.interrupt('gate-1');
    stage.play(380, (second) => cars(() => 150)(second + 500), 0.5);

    expect(stage.raised).toHaveLength(1);
  });

  it('lets a scenario leave out the days of a calendar', () => {
    const stage = rehearse(
      { schedule: [{ days: ['mon'], from: '00:00', to: '24:00', except: ['market'] }] },
      { calendars: [{ id: 'market', name: '赶集', dates: ['2026-01-05'] }] },
    );

    expect(drive(stage, 3, () => 500).events).toEqual([]);
    expect(explain(stage)?.state).toBe('off-duty');
  });

  it('goes on with its alert after a restart', () => {
    const before = rehearse().play(
      quarter,
      cars(() => 150),
      0.5,
    );
    const after = rehearse({}, { alerts: before.raised, startAt: before.clock.now() });

    drive(after, 3, (index) => (index === 0 ? 150 : 50));

    expect(before.raised).toHaveLength(1);
    expect(after.events.map(({ type }) => type)).toEqual(['ended']);
  });

  it('asks for no frames, and says how much there is and what is usual', () => {
    const stage = rehearse().play(
      450,
      cars(() => 50),
      0.5,
    );

    expect(stage.awakeAt).toEqual([]);
    expect(explain(stage)?.missing).toEqual([
      { what: 'activity', label: 'car', have: 25, usualLow: 40, usualHigh: 60, above: 112, below: 13 },
    ]);
  });
});
