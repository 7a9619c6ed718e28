import { describe, expect, it } from 'vitest';
import { boxAt, crowdWith, Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';

/** People side by side in the zone; `hidden` are not found in this frame. */
const people = (count: number, hidden: (index: number) => boolean = () => false): Sketch[] =>
  Array.from({ length: count }, (_, index) => ({
    trackId: `p${index}`,
    box: boxAt(0.32 + 0.04 * (index % 9), 0.4 + 0.15 * Math.floor(index / 9)),
  })).filter((__, index) => !hidden(index));

const rehearse = (change = {}) => new Rehearsal({ scenarios: [crowdWith(change)] });

describe('CrowdWatch', () => {
  it('raises one alert once enough people have stood inside for the dwell time', () => {
    const stage = rehearse().play(9.8, () => people(6));
    expect(stage.raised).toEqual([]);

    stage.play(30, () => people(6));

    expect(stage.raised).toHaveLength(1);
    expect(stage.raised[0]?.facts).toEqual({
      label: 'person',
      count: 6,
      limitCount: 5,
      dwellMs: 10_000,
      limitDwellMs: 10_000,
    });
    expect(stage.raised[0]?.objects).toHaveLength(6);
    expect(stage.raised[0]?.purpose).toBe('crushRisk');
  });

  it.each<[string, (second: number) => Sketch[]]>([
    [
      'a frame in which few are found',
      (second) => (second === 5 ? people(6, (index) => index > 1) : people(6)),
    ],
    ['a frame in which nobody is found', (second) => (second === 5 ? [] : people(5))],
    ['one who steps out for a moment', (second) => people(second > 4 && second < 5.4 ? 4 : 5)],
    [
      'a detector that misses every third',
      (second) => people(6, (index) => (Math.round(second * 5) + index) % 3 === 0),
    ],
  ])('counts on over %s', (_, script) => {
    expect(rehearse().play(13, script).raised).toHaveLength(1);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['too few are there', () => people(4)],
    ['enough come again and again but soon go', (second) => people(second % 12 < 8 ? 6 : 4)],
    ['one too few stay between two visits', (second) => people(second % 9 < 6 ? 5 : 4)],
    ['those who are enough stand outside', () => people(6).map((one) => ({ ...one, box: boxAt(0.5, 0.9) }))],
    [
      'animals make up the number',
      () => people(6).map((one, index) => (index < 2 ? { ...one, label: 'sheep' as const } : one)),
    ],
  ])('raises nothing while %s', (_, script) => {
    expect(rehearse().play(60, script).raised).toEqual([]);
  });

  it('goes on while no fewer than count − hysteresis remain, and ends when they have gone for clearAfter', () => {
    const stage = rehearse({ count: 6, hysteresis: 2, clearAfter: '5s' });
    const startAt = stage.clock.now();
    stage.play(90, (second) => people(second < 15 ? 6 : second < 60 ? 4 : 3));

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
    expect(stage.ended[0]?.endedAt).toBeGreaterThanOrEqual(startAt + 59_800);
    expect(stage.ended[0]?.endedAt).toBeLessThanOrEqual(startAt + 61_500);
  });

  it.each([
    [2, 1],
    [5, 4],
    [8, 6],
  ])('lets a crowd of %i go on with %i when no hysteresis is given', (count, lowest) => {
    const script = (remaining: number) => (second: number) => people(second < 12 ? count : remaining);

    expect(rehearse({ count }).play(60, script(lowest)).count('ended')).toBe(0);
    expect(
      rehearse({ count })
        .play(60, script(lowest - 1))
        .count('ended'),
    ).toBe(1);
  });

  it('ends a crowd whose hysteresis is as large as its count when nobody is left', () => {
    const stage = rehearse({ count: 3, hysteresis: 3 }).play(60, (second) => people(second < 20 ? 3 : 0));

    expect(stage.count('ended')).toBe(1);
  });

  it('asks for frames while it counts and while it lasts', () => {
    const stage = rehearse().play(60, (second) => people(second >= 5 && second < 30 ? 6 : 2));

    expect(Math.min(...stage.awakeAt)).toBe(5);
    expect(Math.max(...stage.awakeAt)).toBeGreaterThan(38);
    expect(Math.max(...stage.awakeAt)).toBeLessThan(42.5);
  });

  it('asks a dormant camera for frames when enough unbelieved people stand there', () => {
    const stage = rehearse();
    stage.show(people(4).map((one) => ({ ...one, isConfirmed: false })));
    stage.wait(15_000);
    stage.show(people(5).map((one) => ({ ...one, isConfirmed: false })));

    expect(stage.awakeAt).toEqual([15]);
  });

  it('goes on over a short interruption and does not raise twice', () => {
    const stage = rehearse().play(15, () => people(6));
    stage.engine.interrupt('gate-1');
    stage.wait(90_000);
    stage.play(20, (second) =>
      second < 2 ? [] : people(6).map((one) => ({ ...one, trackId: `n${one.trackId}` })),
    );

    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);
  });
});
