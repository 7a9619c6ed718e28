import { describe, expect, it } from 'vitest';
import { boxAt, loiteringWith, Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';

const rehearse = (change: Parameters<typeof loiteringWith>[0] = {}, startAt?: number) =>
  new Rehearsal({ scenarios: [loiteringWith(change)], ...(startAt === undefined ? {} : { startAt }) });
/** Small, so that the zone is many heights wide. */
const at = (x: number, change: Partial<Sketch> = {}): Sketch => ({
  box: boxAt(x, 0.5, 0.02, 0.05),
  ...change,
});

describe('LoiteringWatch', () => {
  it('raises one alert once somebody has stayed for the dwell time, and ends it when he has left', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(59.8, () => [at(0.5)]);
    expect(stage.raised).toEqual([]);

    stage.play(60, () => [at(0.5)]).play(60, () => []);

    expect(stage.raised).toMatchObject([
      {
        ...{ kind: 'loitering', purpose: 'closedSiteAtNight', startedAt: startAt },
        facts: { label: 'person', count: 1, dwellMs: 60_000, limitDwellMs: 60_000 },
      },
    ]);
    expect(stage.count('ended')).toBe(1);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['paces to and fro over some steps', (second) => [at(0.5 + 0.08 * Math.sin(second / 4))]],
    [
      'paces all over the zone and comes back to where he was',
      (second) => [at(0.5 + 0.15 * Math.sin((second * Math.PI) / 15))],
    ],
    ['is hidden for four seconds now and then', (second) => (second % 20 < 4 ? [] : [at(0.5)])],
    ['changes his id', (second) => [at(0.5, { trackId: `t${Math.floor(second / 7)}` })]],
    [
      'changes his id while hidden, a step further on',
      (second) =>
        second % 20 < 3
          ? []
          : [at(0.5 + 0.01 * Math.floor(second / 20), { trackId: `t${Math.floor(second / 20)}` })],
    ],
    ['has boxes that are no numbers', (second) => [at(Math.round(second * 5) % 3 === 0 ? Number.NaN : 0.5)]],
    [
      'is cut in half by what stands before him',
      (second) => [{ box: second % 9 < 3 ? boxAt(0.5, 0.475, 0.02, 0.025) : boxAt(0.5, 0.5, 0.02, 0.05) }],
    ],
  ])('alerts once to somebody who %s', (_, script) => {
    expect(rehearse().play(100, script).raised).toHaveLength(1);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['crosses slowly', (second) => [at(0.3 + 0.0039 * second)]],
    ['leaves and returns after a while', (second) => (second % 50 < 40 ? [at(0.5)] : [])],
    ['stays outside the zone', () => [at(0.2)]],
    ['is a dog', () => [at(0.5, { label: 'dog' })]],
    [
      'is one of many who pass',
      (second) => [at(0.32 + 0.03 * (second % 12), { trackId: `t${Math.floor(second / 12)}` })],
    ],
  ])('does not alert to what %s', (_, script) => {
    expect(rehearse().play(100, script).raised).toEqual([]);
  });

  it('takes its reach from the scenario', () => {
    const drift = (second: number) => [at(0.35 + 0.003 * second)];

    expect(rehearse({ reach: 10 }).play(90, drift).raised).toHaveLength(1);
    expect(rehearse({ reach: 2 }).play(90, drift).raised).toEqual([]);
  });

  it('is one situation while anybody who loitered is there', () => {
    const stage = rehearse().play(200, (second) => [
      ...(second < 120 ? [at(0.4, { trackId: 'a' })] : []),
      ...(second > 30 ? [at(0.6, { trackId: 'b' })] : []),
    ]);

    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);
  });

  it('begins and ends with its schedule over the hour that summer time leaves out', () => {
    const schedule = [{ days: ['sun' as const], from: '01:30', to: '03:30' }];
    const stage = new Rehearsal({
      scenarios: [loiteringWith({ schedule })],
      timezone: 'Europe/Berlin',
      startAt: Date.parse('2026-03-29T01:29:00+01:00'),
    });
    // From 02:00 to 03:00 there is no time: the span lasts an hour.
    stage.play(3660 + 120, () => [at(0.5)], 1);

    const [raised, ended] = stage.events;
    expect(raised).toMatchObject({
      type: 'raised',
      alert: { startedAt: Date.parse('2026-03-29T01:30:00+01:00') },
    });
    expect(ended).toMatchObject({ type: 'ended' });
    expect(stage.ended[0]?.endedAt).toBeLessThanOrEqual(Date.parse('2026-03-29T03:30:00+02:00'));
  });

  it('is not disturbed by a camera’s clock that jumps back and forth', () => {
    const stage = rehearse();
    stage.play(70, (second) => {
      if (second % 10 === 0) stage.cameraClockOffMs = second % 20 === 0 ? -3_600_000 : 7_200_000;
      return [at(0.5)];
    });

    expect(stage.raised).toHaveLength(1);
  });

  it('goes on after a restart with the alert that was open', () => {
    const stage = rehearse().play(70, () => [at(0.5)]);
    const [alert] = stage.raised;
    if (!alert) throw new Error('no alert');
    const next = new Rehearsal({
      ...{ scenarios: [loiteringWith()], alerts: [alert], watchedUntil: stage.clock.now() },
      startAt: stage.clock.now() + 5000,
    });
    next.play(120, () => [at(0.5)]).play(60, () => []);

    expect(next.events).toMatchObject([{ type: 'ended', alertId: alert.alertId }]);
  });

  it('says what is missing: nobody, dwell, or that he went too far', () => {
    const stage = rehearse();
    const missing = () => stage.engine.explain('gate-1', stage.clock.now())[0]?.missing[0];
    stage.play(1, () => []);
    expect(missing()).toEqual({ what: 'nobody', labels: ['person'] });
    stage.play(10, () => [at(0.3)]);
    expect(missing()).toMatchObject({ what: 'dwell', needMs: 60_000, label: 'person' });
    stage.play(90, (second) => [at(0.3 + 0.004 * second)]);

    expect(missing()).toMatchObject({ what: 'roaming', limit: 4, label: 'person' });
  });
});
