import { describe, expect, it } from 'vitest';
import { boxAt, Rehearsal, type Sketch, watersideWith } from '../../test/fixtures/alerts/rehearsal.ts';

const inside: Sketch = { box: boxAt(0.5, 0.5) };
const rehearse = (change: Parameters<typeof watersideWith>[0] = {}, startAt?: number) =>
  new Rehearsal({ scenarios: [watersideWith(change)], ...(startAt === undefined ? {} : { startAt }) });
const explain = (stage: Rehearsal) => stage.engine.explain('gate-1', stage.clock.now())[0];

describe('WatersideWatch', () => {
  it('alerts a second after somebody came to the bank, with water as its purpose', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(10, (second) => (second < 3 ? [] : [inside]));

    expect(stage.raised).toMatchObject([
      {
        ...{ kind: 'waterside', severity: 'urgent', purpose: 'water' },
        ...{ startedAt: startAt + 3000, capturedAt: startAt + 4000 },
        facts: { label: 'person', count: 1, dwellMs: 1000, limitDwellMs: 1000 },
      },
    ]);
  });

  it('counts from when somebody came, though the tracker believed it later', () => {
    const stage = rehearse().play(3, (second) => [{ ...inside, isConfirmed: second >= 1 }]);

    expect(stage.raised[0]?.facts.dwellMs).toBe(1000);
  });

  it('wants the very next frames as soon as somebody is there, believed or not', () => {
    const stage = rehearse();
    stage.show([]);
    expect(stage.dueInMs).toBe(2000);
    stage.wait(500);
    stage.show([{ ...inside, isConfirmed: false }]);
    expect(stage.dueInMs).toBe(1000);
    stage.wait(500);
    stage.show([inside]);

    expect(stage.dueInMs).toBe(500);
  });

  it('keeps the camera awake while on duty, whether or not anybody is there', () => {
    const stage = rehearse().play(60, () => []);
    expect(stage.awakeAt).toHaveLength(300);
    stage.engine.tick(stage.clock.now());
    expect(stage.standing).toEqual([]);

    stage.wait(4000);
    stage.engine.tick(stage.clock.now());

    expect(stage.standing[0]).toBeGreaterThan(5000);
  });

  it('lets the camera rest off duty, and a scenario of another kind never holds it', () => {
    const schedule = [{ days: ['mon' as const], from: '06:00', to: '20:00' }];
    const stage = rehearse({ schedule }, Date.parse('2026-01-05T20:00:00+08:00')).play(5, () => [inside]);
    stage.engine.tick(stage.clock.now());

    expect([stage.awakeAt, stage.standing, stage.raised]).toEqual([[], [], []]);
    stage.engine.tick(Date.parse('2026-01-05T19:59:59+08:00'));
    expect(stage.standing).toHaveLength(1);
  });

  it('is over when nobody was there for clearAfter', () => {
    const stage = rehearse({ clearAfter: '20s' }).play(25, (second) => (second < 5 ? [inside] : []));
    expect(stage.count('ended')).toBe(0);

    stage.play(5, () => []);

    expect(stage.count('ended')).toBe(1);
  });

  it.each<[string, Sketch]>([
    ['who walks past', { box: boxAt(0.5, 0.9) }],
    ['that is a cow', { ...inside, label: 'cow' }],
    ['that was never believed', { ...inside, isConfirmed: false }],
    ['whose box is no number', { box: boxAt(Number.NaN, 0.5) }],
  ])('does not alert to something %s', (_, sketch) => {
    expect(rehearse().play(20, () => [sketch]).raised).toEqual([]);
  });

  it('says what is missing', () => {
    const stage = rehearse({ dwell: '3s' }).play(1, () => []);
    expect(explain(stage)?.missing).toEqual([{ what: 'nobody', labels: ['person'] }]);
    stage.play(1, () => [inside]);
    expect(explain(stage)?.missing).toMatchObject([{ what: 'dwell', needMs: 3000 }]);
    stage.play(5, () => [inside]);

    expect(explain(stage)?.state).toBe('open');
  });
});
