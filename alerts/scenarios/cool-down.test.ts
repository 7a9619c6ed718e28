import { describe, expect, it } from 'vitest';
import { foldAlerts } from '../../core/alert-fold.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import {
  blockedLaneWith,
  boxAt,
  cameraWith,
  crowdWith,
  intrusionWith,
  parked,
  Rehearsal,
  type Sketch,
} from '../../test/fixtures/alerts/rehearsal.ts';

const inside: Sketch = { box: boxAt(0.5, 0.5) };
const somebody = () => [inside];
const nobody = () => [];
/** Beginnings and ends, each with its number. */
const told = (events: readonly AlertEvent[]): string[] => events.map(({ eventId }) => eventId.slice(24));
const alertsOf = (events: readonly AlertEvent[]) => [
  ...foldAlerts(events.map((value, index) => ({ value, sequence: index + 1 }))).values(),
];

/** A worker that starts `afterMs` later with what is on the bus. */
const takeOver = (before: Rehearsal, scenario: Scenario, afterMs: number, events = before.log): Rehearsal =>
  new Rehearsal({
    scenarios: [scenario],
    alerts: alertsOf(events),
    watchedUntil: before.clock.now(),
    startAt: before.clock.now() + afterMs,
  });

const rehearse = (scenario = intrusionWith()): Rehearsal => new Rehearsal({ scenarios: [scenario] });

describe('cool-down', () => {
  it('goes on with the alert of what begins again in time, and ends it again', () => {
    const stage = rehearse().play(10, somebody).play(30, nobody).play(20, somebody).play(20, nobody);

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', '00.resumed.1', '00.ended.1']);
    expect(alertsOf(stage.log)).toMatchObject([{ resumptions: 1, endedAt: stage.ended[1]?.endedAt }]);
  });

  it('goes on with the alert of what began again in time and is known for what it is only later', () => {
    const stage = rehearse(intrusionWith({ dwell: '8m', coolDown: '6m' }));
    stage.play(490, somebody, 1).play(300, nobody, 1).play(490, somebody, 1);

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', '00.resumed.1']);
  });

  it('remembers an alert for as long as its cool-down says, also among scenarios with shorter ones', () => {
    const quick = intrusionWith({ id: 'intrusion-2', severity: 'medium', coolDown: '0s' });
    const stage = new Rehearsal({ scenarios: [intrusionWith({ coolDown: '2h' }), quick] });
    stage.play(10, somebody).play(5400, nobody, 1).play(20, somebody);

    expect(told(stage.events)).toEqual([
      ...['00.raised', '01.raised', '00.ended', '01.ended', '00.resumed.1', '02.raised'],
    ]);
  });

  it.each([
    ['after its cool-down', intrusionWith({ coolDown: '30s' }), 60],
    ['when each beginning is to be told', intrusionWith({ coolDown: '0s' }), 15],
  ])('raises a new alert %s', (_, scenario, pauseS) => {
    const stage = rehearse(scenario).play(10, somebody).play(pauseS, nobody).play(20, somebody);

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', '01.raised']);
  });

  it.each([
    ['which ends while the worker is away', 10, 0, 30_000, ['00.ended', '00.resumed.1']],
    ['which goes on', 10, 0, 3000, []],
    ['which has ended', 10, 20, 10_000, ['00.resumed.1']],
    ['whose cool-down ends while the worker is away', 10, 20, 90_000, ['00.raised']],
  ])('knows after a restart an alert %s', (_, stayS, goneS, awayMs, expected) => {
    const before = rehearse().play(stayS, somebody).play(goneS, nobody);
    const after = takeOver(before, intrusionWith(), awayMs);
    if (expected[0] === '00.ended') after.play(15, nobody);
    after.play(20, somebody);

    expect(told(after.events)).toEqual(expected);
  });

  it('counts on where it was after a restart', () => {
    const first = rehearse().play(10, somebody).play(30, nobody).play(60, somebody).play(15, nobody);
    const second = takeOver(first, intrusionWith(), 5000).play(10, somebody).play(60, nobody);

    expect(told(second.events)).toEqual(['00.resumed.2', '00.ended.2']);
  });

  it('says the same event again when its own words were lost with the worker', () => {
    const first = rehearse().play(10, somebody).play(30, nobody);
    const known = [...first.log];
    first.play(10, somebody);
    const second = takeOver(first, intrusionWith(), 5000, known).play(10, somebody);

    expect(told(first.events).at(-1)).toBe('00.resumed.1');
    expect(told(second.events)).toEqual(['00.resumed.1']);
  });

  it('goes on over a cut stream, a new track and a camera whose clock was set', () => {
    const stage = rehearse().play(10, somebody).play(20, nobody);
    stage.engine.interrupt('gate-1');
    stage.wait(8000);
    stage.cameraClockOffMs = 7_200_000;
    stage.play(20, () => [{ ...inside, trackId: 'after' }]);

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', '00.resumed.1']);
  });

  it('goes on over a change of its scenario, but not to another severity', () => {
    const stages = [intrusionWith({ dwell: '3s' }), intrusionWith({ severity: 'urgent' })].map((changed) => {
      const stage = rehearse().play(10, somebody).play(20, nobody);
      stage.engine.setCamera({ camera: cameraWith(), scenarios: [changed] });
      return told(stage.play(10, somebody).events).at(-1);
    });

    expect(stages).toEqual(['00.resumed.1', '01.raised']);
  });

  it('counts from when it last held, also where that is found out late', () => {
    const stage = rehearse().play(10, somebody);
    stage.engine.interrupt('gate-1');
    stage.wait(330_000);
    stage.play(20, somebody);

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', '01.raised']);
  });

  it('takes a crowd that thins out and gathers again for one', () => {
    const people = (count: number) => () =>
      Array.from({ length: count }, (_, index) => ({
        trackId: `p${index}`,
        box: boxAt(0.33 + 0.05 * index, 0.5),
      }));
    const stage = rehearse(crowdWith()).play(20, people(6)).play(40, people(2)).play(40, people(6));

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', '00.resumed.1']);
  });

  it.each([
    ['in the same place', 0.5, '00.resumed.1'],
    ['in another place', 0.4, '01.raised'],
  ])('of a lane goes on only %s', (_, x, expected) => {
    const scenario = blockedLaneWith({ dwell: '10s' });
    const stage = rehearse(scenario).play(30, (second) => [parked(second * 1000)]);
    stage.play(3, (second) => [parked(0, { box: boxAt(0.5 + second / 4, 0.6, 0.2, 0.15) })]).play(20, nobody);
    const box = boxAt(x, 0.6, 0.12, 0.15);
    stage.play(20, (second) => [
      parked(second * 1000, { trackId: 'next', box: x === 0.5 ? parked(0).box : box }),
    ]);

    expect(told(stage.events)).toEqual(['00.raised', '00.ended', expected]);
  });

  it('tells what flickers at a zone’s edge ever more rarely, and as one alert', () => {
    const stage = rehearse();
    const toldAt: number[] = [];
    for (let round = 0; round < 200; round++) {
      const before = stage.count('resumed');
      stage.play(6, somebody, 2).play(12, nobody, 2);
      if (stage.count('resumed') > before) toldAt.push(stage.elapsedMs);
    }
    const gaps = toldAt.slice(1).map((at, index) => at - (toldAt[index] ?? 0));

    expect(stage.count('raised')).toBe(1);
    expect(gaps.slice(0, 4).every((gap) => gap >= 60_000)).toBe(true);
    expect(gaps.slice(4).every((gap) => gap >= 300_000)).toBe(true);
    expect(stage.count('ended') - stage.count('resumed')).toBe(1);
    expect(toldAt.filter((at) => at < 3_600_000).length).toBeLessThanOrEqual(16);
  });

  it('says late of what began too soon and goes on, and says in the metrics what it never told', async () => {
    const stage = rehearse().play(10, somebody).play(15, nobody).play(8, somebody).play(15, nobody);
    stage.play(8, somebody).play(15, nobody).play(60, somebody);

    expect(told(stage.events)).toEqual([
      '00.raised',
      '00.ended',
      '00.resumed.1',
      '00.ended.1',
      '00.resumed.2',
    ]);
    expect(await stage.metrics.text()).toContain(
      'xueliang_alerts_resumptions_held_total{kind="intrusion"} 1',
    );
    expect(stage.engine.hasOpenSituation('gate-1')).toBe(true);
  });

  it('tells anew what has come back sixty times', () => {
    const before = rehearse().play(10, somebody).play(15, nobody);
    const [alert] = alertsOf(before.log);
    const worn = [{ ...alert, resumptions: 60 }] as ReturnType<typeof alertsOf>;
    const after = new Rehearsal({
      scenarios: [intrusionWith()],
      alerts: worn,
      startAt: before.clock.now() + 5000,
    });

    expect(told(after.play(10, somebody).events)).toEqual(['00.raised']);
  });
});

describe('updates', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      trackId: `p${index}`,
      box: boxAt(0.32 + 0.02 * (index % 18), 0.4 + 0.1 * Math.floor(index / 18)),
    }));
  const updatesOf = (stage: Rehearsal) =>
    stage.log.flatMap((event) => (event.type === 'updated' ? [event] : []));

  it('tells that a crowd has grown, once a minute at most, and never that it has shrunk', () => {
    const stage = rehearse(crowdWith({ dwell: '10m' }));
    stage.play(630, () => people(6));
    stage.play(120, (second) => people(6 + Math.floor(second / 10)));
    stage.play(200, (second) => people(second % 20 < 10 ? 6 : 20));
    const updates = updatesOf(stage);

    expect(updates.map(({ facts }) => facts.count)).toEqual([9, 15, 20]);
    expect(updates.map(({ eventId }) => eventId.slice(24))).toEqual([
      '00.updated.1',
      '00.updated.2',
      '00.updated.3',
    ]);
  });

  it('tells that a vehicle has stood for twice, four and eight times its limit', () => {
    const stage = rehearse(blockedLaneWith()).play(1000, (second) => [parked(second * 1000)], 2);

    expect(updatesOf(stage).map(({ facts }) => Math.round(facts.dwellMs / 60_000))).toEqual([2, 4, 8]);
  });

  it('does not tell it again after a restart', () => {
    const before = rehearse(blockedLaneWith()).play(300, (second) => [parked(second * 1000)], 2);
    const after = takeOver(before, blockedLaneWith(), 5000).play(400, (second) => [parked(second * 1000)], 2);

    expect(updatesOf(before)).toHaveLength(2);
    expect(updatesOf(after)).toHaveLength(0);
  });

  it('tells no more than thirty-two times of one alert', () => {
    const before = rehearse(crowdWith()).play(30, () => people(6));
    const alerts = alertsOf(before.log).map((alert) => ({ ...alert, updates: 31 }));
    const stage = new Rehearsal({ scenarios: [crowdWith()], alerts, startAt: before.clock.now() });
    stage.play(100, () => people(10)).play(200, () => people(20));

    expect(updatesOf(stage).map(({ eventId }) => eventId.slice(24))).toEqual(['00.updated.32']);
  });
});
