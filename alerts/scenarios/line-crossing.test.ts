import { describe, expect, it } from 'vitest';
import { boxAt, lineCrossingWith, Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';

const rehearse = (change: Parameters<typeof lineCrossingWith>[0] = {}, startAt?: number) =>
  new Rehearsal({ scenarios: [lineCrossingWith(change)], ...(startAt === undefined ? {} : { startAt }) });
const at = (x: number, change: Partial<Sketch> = {}): Sketch => ({ box: boxAt(x, 0.5), ...change });
/** Walks right over the line in the middle within ten seconds. */
const across = (second: number): Sketch[] => [at(0.25 + 0.05 * second)];
const directions = (stage: Rehearsal) => stage.crossings.map(({ direction }) => direction);

describe('LineCrossingWatch', () => {
  it('counts somebody who crosses once, tells where and when, and alerts to it', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(10, across).play(20, () => []);

    const crossedAt = startAt + 5000;
    expect(stage.crossings).toEqual([
      {
        ...{ cameraId: 'gate-1', place: '431103110201', scenarioId: 'crossing-1', lineId: 'line-1' },
        ...{ label: 'person', direction: 'forward', at: crossedAt },
      },
    ]);
    expect(stage.raised).toMatchObject([
      {
        ...{ kind: 'lineCrossing', lineId: 'line-1', startedAt: crossedAt, purpose: 'closedSiteAtNight' },
        facts: { label: 'person', direction: 'forward', count: 1 },
      },
    ]);
    expect(stage.evidence[0]?.line).toHaveLength(2);
    expect(stage.count('ended')).toBe(1);
  });

  it.each<[string, (second: number) => Sketch[], string[]]>([
    ['the other way', (second) => [at(0.75 - 0.05 * second)], ['backward']],
    [
      'there and back',
      (second) => [at(second < 5 ? 0.25 + 0.1 * second : 1.25 - 0.1 * second)],
      ['forward', 'backward'],
    ],
    ['up to the line and back', (second) => [at(0.5 - 0.05 * Math.abs(second - 5))], []],
    ['a step over it and back', (second) => [at(0.51 - 0.05 * Math.abs(second - 5))], []],
    ['along it', (second) => [{ box: boxAt(0.5, 0.2 + 0.06 * second) }], []],
    ['round its end', (second) => [{ box: boxAt(0.25 + 0.05 * second, 0.98) }], []],
    ['standing on it, trembling', (second) => [at(0.5 + 0.01 * Math.sin(second * 40))], []],
    [
      'stopping on it, trembling, then on',
      (second) => [
        at(
          second < 3
            ? 0.35 + 0.05 * second
            : second < 7
              ? 0.5 + 0.01 * Math.sin(second * 40)
              : 0.15 + 0.05 * second,
        ),
      ],
      ['forward'],
    ],
    [
      'being lost before the line and found behind it',
      (second) => (second > 4 && second < 6 ? [] : across(second)),
      ['forward'],
    ],
    ['being lost for longer', (second) => (second > 3 && second < 7 ? [] : across(second)), []],
    [
      'another id on the line',
      (second) => [at(0.25 + 0.05 * second, { trackId: second < 5 ? 'a' : 'b' })],
      ['forward'],
    ],
    [
      'another id after a gap over the line',
      (second) =>
        second > 4.2 && second < 5.8 ? [] : [at(0.25 + 0.05 * second, { trackId: second < 5 ? 'a' : 'b' })],
      ['forward'],
    ],
    [
      'being believed only behind it',
      (second) => [at(0.25 + 0.05 * second, { isConfirmed: second > 7 })],
      ['forward'],
    ],
    ['never being believed', (second) => [at(0.25 + 0.05 * second, { isConfirmed: false })], []],
    ['being something else', (second) => [at(0.25 + 0.05 * second, { label: 'dog' })], []],
    [
      'boxes that are no numbers',
      (second) => (Math.round(second * 5) % 3 === 0 ? [at(Number.NaN)] : across(second)),
      ['forward'],
    ],
    [
      'two abreast',
      (second) => [
        at(0.25 + 0.05 * second, { trackId: 'a' }),
        { box: boxAt(0.25 + 0.05 * second, 0.8), trackId: 'b' },
      ],
      ['forward', 'forward'],
    ],
  ])('counts %s', (_, script, expected) => {
    const stage = rehearse({ direction: 'both' }).play(10.2, script);

    expect(directions(stage)).toEqual(expected);
    expect(stage.count('raised')).toBe(expected.length > 0 ? 1 : 0);
  });

  it('alerts to the wanted direction alone, and counts both', () => {
    const stage = rehearse({ direction: 'backward' }).play(10, across);
    expect([directions(stage), stage.raised]).toEqual([['forward'], []]);

    stage.play(10, (second) => [at(0.75 - 0.05 * second)]);

    expect(directions(stage)).toEqual(['forward', 'backward']);
    expect(stage.raised).toMatchObject([{ facts: { direction: 'backward' } }]);
  });

  it('is one situation while one crosses within the cool-down of the other, and another later', () => {
    const stage = rehearse({ coolDown: '15s' });
    const walk = (name: string) => (second: number) => [at(0.25 + 0.05 * second, { trackId: name })];
    stage.play(10, walk('a')).play(10, walk('b')).play(10, walk('c'));
    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);

    stage.play(30, () => []).play(10, walk('d'));

    expect(stage.crossings).toHaveLength(4);
    expect(stage.count('raised')).toBe(2);
  });

  it('with a limit alerts once when that many crossed within its time, until fewer have', () => {
    const stage = rehearse({ limit: { count: 3, within: '60s' } });
    const walk = (name: string) => (second: number) => [at(0.25 + 0.05 * second, { trackId: name })];
    stage.play(10, walk('a')).play(10, walk('b'));
    expect(stage.raised).toEqual([]);
    stage.play(10, walk('c')).play(10, walk('d'));

    expect(stage.raised).toMatchObject([{ facts: { count: 3, limitCount: 3, limitDwellMs: 60_000 } }]);
    // The first two have crossed more than a minute ago after 75 s.
    stage.play(33, () => []);
    expect(stage.count('ended')).toBe(0);
    stage.play(5, () => []);
    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
  });

  it('counts nothing outside its schedule, at midnight', () => {
    const schedule = [{ days: ['mon' as const], from: '23:00', to: '24:00' }];
    const stage = rehearse({ schedule }, Date.parse('2026-01-05T23:59:50+08:00'));
    stage.play(10, across).play(10, (second) => [at(0.25 + 0.05 * second, { trackId: 'late' })]);

    expect(stage.crossings).toHaveLength(1);
    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
  });

  it('is not disturbed by a camera’s clock that is set while somebody crosses', () => {
    const stage = rehearse();
    stage.play(10, (second) => {
      stage.cameraClockOffMs = second < 4.8 ? 0 : -3_600_000;
      return across(second);
    });

    expect(directions(stage)).toEqual(['forward']);
  });

  it('looks more closely when somebody nears the line, and lets the camera rest when nobody moves', () => {
    const stage = rehearse().play(3, (second) => [at(0.25 + 0.05 * second, { speed: 0.5 })]);
    expect(stage.dueInMs).toBeGreaterThan(2000);
    stage.play(2, (second) => [at(0.4 + 0.05 * second, { speed: 0.5 })]);
    expect(stage.dueInMs).toBeLessThan(1000);
    const before = stage.awakeAt.length;

    stage.play(5, () => [at(0.2, { trackId: 'still', stillMs: 20_000 })]);

    expect(stage.awakeAt).toHaveLength(before);
  });

  it('says how many crossings it has and takes', () => {
    const stage = rehearse({ limit: { count: 3, within: '60s' } });
    const explain = () => stage.engine.explain('gate-1', stage.clock.now())[0];
    stage.play(1, () => []);
    expect(explain()).toMatchObject({ state: 'idle', missing: [{ what: 'crossings', have: 0, need: 3 }] });

    stage.play(10, across);

    expect(explain()).toMatchObject({
      state: 'building',
      missing: [{ what: 'crossings', have: 1, need: 3 }],
    });
  });

  it('goes on after a restart with an alert that was open', () => {
    const stage = rehearse().play(8, across);
    const [alert] = stage.raised;
    if (!alert) throw new Error('no alert');
    const next = new Rehearsal({
      scenarios: [lineCrossingWith()],
      alerts: [alert],
      startAt: stage.clock.now(),
    });
    next.play(30, () => []);

    expect(next.events).toMatchObject([{ type: 'ended', alertId: alert.alertId }]);
  });
});
