import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { foldAlerts } from '../../core/alert-fold.ts';
import { AlertEvent } from '../../core/schema/alert.ts';
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
import type { EarlierAlert } from './earlier-alert.ts';

const inside: Sketch = { box: boxAt(0.5, 0.5) };
const crowd = (count: number): Sketch[] =>
  Array.from({ length: count }, (_, index) => ({
    trackId: `p${index}`,
    box: boxAt(0.32 + 0.05 * index, 0.5),
  }));
const types = (stage: Rehearsal): string[] => stage.events.map(({ type }) => type);

/** The alerts that a stage raised, as the bus hands them to the next worker. */
const alertsOf = (stage: Rehearsal) => [
  ...foldAlerts(stage.log.map((value, sequence) => ({ value, sequence: sequence + 1 }))).values(),
];

/** What a worker that starts `afterMs` later sees of the same camera. */
const restart = (before: Rehearsal, scenarios: Scenario[], afterMs: number): Rehearsal =>
  new Rehearsal({
    scenarios,
    alerts: alertsOf(before),
    watchedUntil: before.clock.now(),
    startAt: before.clock.now() + afterMs,
  });

const situations: [string, Scenario, (second: number) => Sketch[]][] = [
  ['an intrusion', intrusionWith(), () => [inside]],
  ['a crowd', crowdWith(), () => crowd(6)],
  ['a parked vehicle', blockedLaneWith(), (second) => [parked(second * 1000, { stoodAtStart: true })]],
];

describe('createScenarioEngine', () => {
  it.each(situations)('says everything of %s in events that fit their schema', (_, scenario, script) => {
    const stage = new Rehearsal({ scenarios: [scenario] }).play(70, script).play(40, () => []);
    const [raised, ended] = stage.events;
    const fits = Compile(AlertEvent);

    expect(stage.events.map((event) => fits.Check(event))).toEqual([true, true]);
    expect(raised?.eventId).toBe(`${raised?.alertId}.raised`);
    expect(ended?.eventId).toBe(`${raised?.alertId}.ended`);
    expect(stage.raised[0]).toMatchObject({ siteId: 'caishi', cameraName: '村口', modelId: 'scripted' });
    expect(stage.evidence.map(({ alertId }) => alertId)).toEqual([raised?.alertId]);
  });

  it.each<[string, Scenario, (second: number) => Sketch[], number, number | undefined]>([
    ['an intrusion', intrusionWith(), () => [inside], 3, 2_200],
    ['an intrusion already alerted to', intrusionWith(), () => [inside], 10, Number.POSITIVE_INFINITY],
    ['a crowd', crowdWith(), () => crowd(6), 4, 6_200],
    ['a crowd already alerted to', crowdWith(), () => crowd(6), 20, Number.POSITIVE_INFINITY],
    ['a parked vehicle', blockedLaneWith(), (second) => [parked(second * 1000)], 30, 30_200],
    ['an empty zone', intrusionWith(), () => [], 3, undefined],
  ])('tells with its wish for frames when %s could be due', (_, scenario, script, seconds, dueInMs) => {
    expect(new Rehearsal({ scenarios: [scenario] }).play(seconds, script).dueInMs).toBe(dueInMs);
  });

  it('knows that a situation is open from its alert to its end', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith()] });
    const isOpen = [4, 6, 30].map((seconds, phase) => {
      stage.play(seconds, () => (phase < 2 ? [inside] : []));
      return stage.engine.hasOpenSituation('gate-1');
    });

    expect(isOpen).toEqual([false, true, false]);
    expect(stage.engine.hasOpenSituation('unknown')).toBe(false);
  });

  it.each(situations)('goes on with %s after a restart, and ends it', (_, scenario, script) => {
    const before = new Rehearsal({ scenarios: [scenario] }).play(600, script);
    const after = restart(before, [scenario], 20_000).play(100, script);
    expect(types(after)).toEqual([]);

    after.play(60, () => []);

    expect(after.events.map(({ eventId }) => eventId)).toEqual([`${before.raised[0]?.alertId}.ended`]);
  });

  it.each(situations)('ends %s that was over while nobody watched', (_, scenario, script) => {
    const before = new Rehearsal({ scenarios: [scenario] }).play(100, script);
    const after = restart(before, [scenario], 20_000).play(60, () => []);

    expect(types(after)).toEqual(['ended']);
    expect(after.ended[0]?.endedAt).toBe(before.clock.now());
  });

  it.each(situations)('says nothing twice of %s over interruptions of the stream', (_, scenario, script) => {
    const stage = new Rehearsal({ scenarios: [scenario] }).play(70, script);
    for (const outageMs of [800, 5000, 40_000, 240_000]) {
      stage.engine.interrupt('gate-1');
      stage.wait(outageMs);
      stage.play(2, () => []).play(20, script);
    }

    expect(types(stage)).toEqual(['raised']);
  });

  it('gives a tracker time to begin anew after an interruption however short clearAfter is', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith({ clearAfter: '1s' })] }).play(10, () => [
      inside,
    ]);
    stage.engine.interrupt('gate-1');
    stage.wait(8000);
    stage.play(20, (second) => (second < 2.6 ? [] : [{ ...inside, trackId: 'again' }]));

    expect(types(stage)).toEqual(['raised']);
  });

  it('takes whoever is in the zone after a long outage for a new situation, but a vehicle in its place for the same', () => {
    const scenarios = [intrusionWith(), blockedLaneWith()];
    const script = (second: number) => [inside, parked(second * 1000)];
    const stage = new Rehearsal({ scenarios }).play(70, script);
    stage.engine.interrupt('gate-1');
    stage.wait(6 * 60_000);
    stage.play(70, script);

    expect(stage.events.map(({ eventId }) => eventId.slice(24))).toEqual([
      '00.raised',
      '01.raised',
      '00.ended',
      '02.raised',
    ]);
  });

  it('goes on with the later of two alerts left open for one zone and ends the other', () => {
    const before = new Rehearsal({ scenarios: [intrusionWith()] }).play(10, () => [inside]);
    const [alert] = alertsOf(before);
    const earlier = {
      ...alert,
      alertId: '01HZZZZZZZZZZZZZZZZZ999999',
      startedAt: (alert?.startedAt ?? 0) - 1,
    };
    const after = new Rehearsal({
      scenarios: [intrusionWith()],
      alerts: [alert, earlier] as EarlierAlert[],
      startAt: before.clock.now(),
    });
    after.play(20, () => [inside]);

    expect(after.events.map(({ eventId }) => eventId)).toEqual(['01HZZZZZZZZZZZZZZZZZ999999.ended']);
  });

  it.each(['cameraHealth', 'composite'] as const)(
    'regression: leaves a %s alert that bears the name of its camera to whoever raised it',
    (kind) => {
      const before = new Rehearsal({ scenarios: [intrusionWith()] }).play(10, () => [inside]);
      const [alert] = alertsOf(before);
      const wide = { ...alert, kind, scenarioId: 'health' };
      const after = new Rehearsal({
        scenarios: [],
        alerts: [wide] as EarlierAlert[],
        startAt: before.clock.now(),
      });
      after.play(5, () => []);

      expect([types(after), after.engine.hasOpenSituation('gate-1')]).toEqual([[], false]);
    },
  );

  it('ends by the clock what a lost camera leaves open', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith()] }).play(10, () => [inside]);
    const seenAt = stage.clock.now() - 200;
    stage.engine.interrupt('gate-1');
    stage.engine.tick(seenAt + 299_000);
    expect(types(stage)).toEqual(['raised']);

    stage.engine.tick(seenAt + 301_000);
    stage.engine.tick(seenAt + 302_000);

    expect(stage.ended.map(({ endedAt }) => endedAt)).toEqual([seenAt]);
  });

  it('keeps what is counting when the same settings are given again', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith()] }).play(3, () => [inside]);
    stage.engine.setCamera({ camera: cameraWith(), scenarios: [crowdWith(), intrusionWith()] });
    stage.play(2.2, () => [inside]);

    expect(stage.raised).toHaveLength(1);
  });

  it('goes on with a situation whose scenario was changed, and ends one whose scenario is gone', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith(), crowdWith()] }).play(20, () => crowd(6));
    stage.engine.setCamera({ camera: cameraWith(), scenarios: [intrusionWith({ dwell: '1s' })] });
    expect(stage.ended.map(({ alertId }) => alertId)).toEqual([stage.raised[1]?.alertId]);

    stage.play(60, () => crowd(2));

    expect(stage.raised).toHaveLength(2);
    expect(stage.ended).toHaveLength(1);
  });

  it('tells the end of a situation where it was raised although the camera has moved since', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith()] }).play(10, () => [inside]);
    stage.engine.setCamera({
      camera: { ...cameraWith(), place: '431103110202' },
      scenarios: [intrusionWith()],
    });
    stage.play(30, () => []);

    expect(stage.events.map(({ place }) => place)).toEqual(['431103110201', '431103110201']);
  });

  it('leaves a removed camera’s situations to whoever takes it over', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith()] }).play(10, () => [inside]);
    stage.engine.removeCamera('gate-1');
    stage.play(60, () => []);
    stage.engine.tick(stage.clock.now() + 86_400_000);

    expect(types(stage)).toEqual(['raised']);
  });

  it('watches the other scenarios when one names a zone that the camera does not have', () => {
    const lost = intrusionWith({ id: 'a-lost-one', zone: 'nowhere' });

    expect(
      new Rehearsal({ scenarios: [lost, intrusionWith()] }).play(10, () => [inside]).raised,
    ).toHaveLength(1);
  });

  it('leaves out scenarios of other cameras', () => {
    const other = intrusionWith({ cameras: ['gate-2'] });

    expect(new Rehearsal({ scenarios: [other] }).play(10, () => [inside]).raised).toEqual([]);
  });

  it('opens no more than 64 situations on one camera and counts what it refuses', async () => {
    const scenarios = Array.from({ length: 70 }, (_, index) => intrusionWith({ id: `i-${index}` }));
    const stage = new Rehearsal({ scenarios }).play(5.2, () => [inside]);

    expect(stage.raised).toHaveLength(64);
    expect(await stage.metrics.text()).toContain('xueliang_alerts_refused_total{camera="gate-1"} 6');
  });

  it('leaves out frames whose times are no numbers and boxes that are none, and counts both', async () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith()] });
    stage.show([inside], { capturedAt: Number.NaN });
    stage.show([{ box: boxAt(Number.NaN, 0.5) }, { box: boxAt(0.5, 0.5, 0) }]);
    const text = await stage.metrics.text();

    expect(text).toContain('xueliang_alerts_unstamped_frames_total{camera="gate-1"} 1');
    expect(text).toContain('xueliang_alerts_broken_boxes_total{camera="gate-1"} 2');
  });

  it('gives the same bytes for the same frames', () => {
    const replay = () => {
      const stage = new Rehearsal({ scenarios: situations.map(([, scenario]) => scenario) });
      stage.play(90, (second) => [...crowd(6), parked(second * 1000)]).play(40, () => []);
      return JSON.stringify([stage.events, stage.evidence, stage.awakeAt]);
    };
    const first = replay();

    expect(replay()).toBe(first);
    expect(first.match(/"type":"raised"/g)).toHaveLength(3);
  });

  it('gives the same alerts in whatever order the scenarios are listed', () => {
    const scenarios = situations.map(([, scenario]) => scenario);
    const alerts = [scenarios, scenarios.toReversed()].map((list) => {
      const stage = new Rehearsal({ scenarios: list }).play(90, (second) => [
        ...crowd(6),
        parked(second * 1000),
      ]);
      return stage.events;
    });

    expect(alerts[0]).toEqual(alerts[1]);
  });

  it('regression: a restart in the night does not report all parked cars again', () => {
    const before = new Rehearsal({ scenarios: [blockedLaneWith()] }).play(90, (second) => [
      parked(second * 1000),
    ]);
    before.wait(8 * 3_600_000);
    const after = new Rehearsal({
      scenarios: [blockedLaneWith()],
      alerts: alertsOf(before),
      startAt: before.clock.now(),
    });
    after.play(120, (second) => [
      parked(second * 1000, { trackId: 'x', stoodAtStart: true, box: boxAt(0.54, 0.605, 0.2, 0.15) }),
    ]);

    expect(types(after)).toEqual([]);
  });

  it('regression: a parked car whose alert ended just before a restart, for want of light, is not reported anew', () => {
    const before = new Rehearsal({ scenarios: [blockedLaneWith()] }).play(90, (second) => [
      parked(second * 1000),
    ]);
    before.play(40, () => []);
    const after = restart(before, [blockedLaneWith()], 60_000);
    after.play(120, (second) => [parked(second * 1000, { trackId: 'x', stoodAtStart: true })]);

    expect(types(before)).toEqual(['raised', 'ended']);
    expect(types(after)).toEqual(['resumed']);
  });
});
