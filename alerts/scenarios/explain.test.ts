import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { ScenarioExplanation } from '../../core/schema/explanation.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import {
  blockedLaneWith,
  boxAt,
  crowdWith,
  intrusionWith,
  parked,
  Rehearsal,
  type Sketch,
} from '../../test/fixtures/alerts/rehearsal.ts';

const inside: Sketch = { box: boxAt(0.5, 0.5) };
const outside: Sketch = { box: boxAt(0.5, 0.9) };
const people = (count: number): Sketch[] =>
  Array.from({ length: count }, (_, index) => ({
    trackId: `p${index}`,
    box: boxAt(0.32 + 0.04 * index, 0.5),
  }));
const moving: Sketch = parked(0, { startedAt: 0 });
const person = { what: 'nobody', labels: ['person'] };
const anyVehicle = { what: 'nobody', labels: ['car', 'motorcycle', 'bus', 'truck'] };
const open = { what: 'suppressed', why: 'situation-open', by: '01HZZZZZZZZZZZZZZZZZ000000' };

const explain = (stage: Rehearsal) => stage.engine.explain('gate-1', stage.clock.now());

/** What the only scenario says after the script was played for so long. */
const said = (scenario: Scenario, seconds: number, script: (second: number) => readonly Sketch[]) => {
  const [only] = explain(new Rehearsal({ scenarios: [scenario] }).play(seconds, script));
  return [only?.state, only?.missing];
};

type Row = [string, number, (second: number) => readonly Sketch[], string, object[]];
const visitor = (second: number): Sketch[] => [second % 6 < 3 ? outside : inside];

describe('ScenarioEngine.explain', () => {
  it.each<Row>([
    ['nobody', 3, () => [outside], 'idle', [person]],
    ['something else', 3, () => [{ ...inside, label: 'dog' }], 'idle', [person]],
    ['an unbelieved track', 3, () => [{ ...inside, isConfirmed: false }], 'idle', [{ what: 'unconfirmed' }]],
    [
      'somebody too short',
      3.2,
      () => [inside],
      'building',
      [{ what: 'dwell', haveMs: 3000, needMs: 5000, label: 'person' }],
    ],
    [
      'somebody who came late',
      4.2,
      (second) => (second < 2 ? [outside] : [inside]),
      'building',
      [{ what: 'dwell', haveMs: 2000, needMs: 5000, label: 'person' }],
    ],
    ['somebody for long', 8, () => [inside], 'open', [open]],
    [
      'somebody lost from sight when it should fire',
      5.2,
      (second) => (second < 4.8 ? [inside] : []),
      'building',
      [{ what: 'sight' }],
    ],
    ['one who comes and goes', 9.6, visitor, 'building', [{ what: 'dwell', haveMs: 400 }]],
  ])('says of an intrusion with %s what is missing', (_, seconds, script, state, missing) => {
    expect(said(intrusionWith(), seconds, script)).toMatchObject([state, missing]);
  });

  it.each<Row>([
    ['nobody', 3, () => [], 'idle', [person]],
    [
      'too few',
      3,
      () => people(2),
      'building',
      [
        { what: 'count', have: 2, need: 5 },
        { what: 'dwell', haveMs: 0, needMs: 10_000 },
      ],
    ],
    [
      'enough, too short',
      4.2,
      () => people(5),
      'building',
      [{ what: 'dwell', haveMs: 4000, needMs: 10_000 }],
    ],
    [
      'one who steps out for a moment',
      4.2,
      (second) => people(second < 2.5 ? 5 : 4),
      'building',
      [{ what: 'count', have: 4, need: 5 }],
    ],
    ['enough for long', 12, () => people(6), 'open', [open]],
  ])('says of a crowd with %s what is missing', (_, seconds, script, state, missing) => {
    const [now, lacks] = said(crowdWith(), seconds, script);

    expect(now).toBe(state);
    expect((lacks as object[]).slice(0, missing.length)).toEqual(missing);
  });

  it.each<Row>([
    ['nothing', 3, () => [], 'idle', [anyVehicle]],
    ['a vehicle that drives', 3, () => [moving], 'building', [{ what: 'standstill', label: 'car' }]],
    ['an unbelieved one', 3, () => [{ ...moving, isConfirmed: false }], 'idle', [{ what: 'unconfirmed' }]],
    [
      'one that stands too short',
      15,
      (second) => [parked(second * 1000)],
      'building',
      [{ what: 'dwell', haveMs: 14_800, needMs: 60_000, label: 'car' }],
    ],
    ['one that stands for long', 62, (second) => [parked(second * 1000)], 'open', [open]],
  ])('says of a lane with %s what is missing', (_, seconds, script, state, missing) => {
    expect(said(blockedLaneWith(), seconds, script)).toEqual([state, missing]);
  });

  it('says that a vehicle which was alerted to before, and never seen to leave, is not alerted to again', () => {
    const stage = new Rehearsal({ scenarios: [blockedLaneWith({ coolDown: '0s' })] }).play(90, (second) => [
      parked(second * 1000),
    ]);
    stage
      .play(40, () => [])
      .play(70, (second) => [parked(second * 1000, { trackId: 'x', stoodAtStart: true })]);

    expect(explain(stage)[0]).toMatchObject({
      state: 'suppressed',
      missing: [{ what: 'suppressed', why: 'known-vehicle' }],
    });
  });

  it('says that a camera with too many open situations raises no more', () => {
    const scenarios = Array.from({ length: 70 }, (_, index) =>
      intrusionWith({ id: `i-${String(index).padStart(2, '0')}` }),
    );
    const all = explain(new Rehearsal({ scenarios }).play(5.2, () => [inside]));

    expect(all.filter(({ state }) => state === 'open')).toHaveLength(64);
    expect(all.at(-1)).toMatchObject({
      state: 'suppressed',
      missing: [{ what: 'suppressed', why: 'too-many-open' }],
    });
  });

  it('says when a scenario off duty watches again', () => {
    const schedule = [{ days: ['mon' as const], from: '20:00', to: '21:00' }];
    const stage = new Rehearsal({
      scenarios: [intrusionWith({ schedule })],
      startAt: Date.parse('2026-01-05T19:59:30+08:00'),
    }).play(10, () => [inside]);

    expect(explain(stage)[0]).toMatchObject({
      isOnDuty: false,
      state: 'off-duty',
      missing: [{ what: 'schedule', nextAt: Date.parse('2026-01-05T20:00:00+08:00') }],
    });
  });

  it('waits for the first frame, and knows before it what goes on from an earlier watch', () => {
    const scenarios = [intrusionWith()];
    const before = new Rehearsal({ scenarios }).play(10, () => [inside]);
    const [alert] = before.raised;
    const fresh = new Rehearsal({ scenarios });
    const resumed = new Rehearsal({ scenarios, alerts: alert ? [alert] : [] });

    expect(explain(fresh)[0]).toMatchObject({ state: 'idle', missing: [{ what: 'frames' }] });
    expect(explain(resumed)[0]).toMatchObject({ state: 'open', missing: [open] });
  });

  it('does not count on with what was seen before the frames stopped', () => {
    const stage = new Rehearsal({ scenarios: [intrusionWith({ dwell: '30s' })] }).play(3, () => [inside]);
    stage.wait(19_000);
    expect(explain(stage)[0]).toMatchObject({ state: 'building', missing: [{ haveMs: 2800 }] });

    stage.wait(2000);

    expect(explain(stage)[0]).toMatchObject({ state: 'idle', missing: [{ what: 'frames' }] });
  });

  it('says the same however often it is asked, and changes nothing', () => {
    const script = (second: number) => [...people(6), parked(second * 1000)];
    const scenarios = [intrusionWith(), crowdWith(), blockedLaneWith()];
    const asked = new Rehearsal({ scenarios });
    const unasked = new Rehearsal({ scenarios }).play(70, script);
    for (let second = 0; second < 70; second++) {
      asked.play(1, (part) => script(second + part));
      expect(explain(asked)).toEqual(explain(asked));
    }

    expect(asked.events).toEqual(unasked.events);
    expect(asked.awakeAt).toEqual(unasked.awakeAt);
    expect(explain(asked).every((one) => Compile(ScenarioExplanation).Check(one))).toBe(true);
  });

  it('says nothing of a camera that is not watched', () => {
    expect(new Rehearsal({ scenarios: [] }).engine.explain('elsewhere', 0)).toEqual([]);
  });
});
