import { describe, expect, it } from 'vitest';
import type { Box } from '../../core/schema/geometry.ts';
import { boxAt, fireSmokeWith, Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';
import { randomFrom } from '../../test/fixtures/api/alert-events.ts';

/** A box of this many hundredths of the picture around a point. */
const boxOf = (hundredths: number, x = 0.5, y = 0.5): Box => {
  const side = Math.sqrt(hundredths / 100);
  return { x: x - side / 2, y: y - side / 2, w: side, h: side };
};

/** What a detector makes of flames: other ids in every look, none of them believed. */
const flame = (second: number, hundredths: number, label: 'fire' | 'smoke' = 'fire'): Sketch => ({
  trackId: `f${second}`,
  label,
  isConfirmed: false,
  box: boxOf(hundredths),
});

/** Doubles in twenty seconds. */
const growing = (second: number): Sketch[] => [flame(second, 0.5 * 2 ** (second / 20))];
const steady = (second: number): Sketch[] => [flame(second, 1)];

const rehearse = (change = {}, options = {}) =>
  new Rehearsal({ scenarios: [fireSmokeWith(change)], ...options });
const explain = (stage: Rehearsal) => stage.engine.explain('gate-1', stage.clock.now())[0];

/** Normally distributed, by Box and Muller. */
const normalFrom = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('FireSmokeWatch', () => {
  it('alerts to what grows, though no track of it is ever believed, and stays awake for it from the first look on', () => {
    const stage = rehearse().play(30, growing, 2);

    const [alert] = stage.raised;
    expect(stage.raised).toHaveLength(1);
    expect(alert?.facts).toMatchObject({ label: 'fire', limitHits: 8 });
    expect(alert?.facts.growth).toBeGreaterThanOrEqual(115);
    expect(alert?.startedAt).toBe((alert?.capturedAt ?? 0) - (alert?.facts.dwellMs ?? 0));
    expect(stage.awakeAt[0]).toBe(0);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['keeps its size', steady],
    ['shrinks', (second) => [flame(second, 3 * 0.98 ** second)]],
    ['is seen in every third look', (second) => (Math.round(second * 2) % 3 === 0 ? growing(second) : [])],
    ['comes and goes like headlights', (second) => (second % 10 < 3 ? growing(second % 10) : [])],
    ['grows as slowly as a sunset', (second) => [flame(second, 3 ** (second / 1200))]],
    ['is something else that grows', (second) => growing(second).map((one) => ({ ...one, label: 'dog' }))],
  ])('does not alert to what %s', (_, script) => {
    expect(rehearse().play(300, script, 2).raised).toEqual([]);
  });

  it('is not taken in by a steady fire that flickers, and tells one that grows behind the flicker', () => {
    for (const seed of [11, 12, 13, 14, 15, 16]) {
      const random = randomFrom(seed);
      const flicker = (): number => Math.exp(0.15 * normalFrom(random)) * (random() < 0.1 ? 0.5 : 1);
      const isSeen = (): boolean => random() < 0.9;
      const same = rehearse().play(240, (second) => (isSeen() ? [flame(second, 2 * flicker())] : []), 2);
      const more = rehearse().play(
        60,
        (second) => (isSeen() ? [flame(second, 0.5 * 2 ** (second / 20) * flicker())] : []),
        2,
      );

      expect([same.raised.length, more.raised.length], `seed ${seed}`).toEqual([0, 1]);
    }
  });

  it('counts what several boxes cover together', () => {
    const spreading = (second: number): Sketch[] =>
      Array.from({ length: 1 + Math.floor(second / 3) }, (_, index) => ({
        ...flame(second, 0.5),
        trackId: `${second}-${index}`,
        box: boxOf(0.5, 0.1 + 0.08 * index),
      }));
    const stacked = (second: number): Sketch[] =>
      spreading(second).map((one) => ({ ...one, box: boxOf(0.5) }));

    expect(rehearse().play(30, spreading, 2).raised).toHaveLength(1);
    expect(rehearse().play(30, stacked, 2).raised).toEqual([]);
  });

  it('asks for no growth where the scenario asks for none', () => {
    const stage = rehearse({ hits: 2, of: 3, growth: 1 }).play(2, steady, 2);

    expect(stage.raised).toHaveLength(1);
    expect(stage.raised[0]?.facts).toMatchObject({ hits: 2, limitHits: 2 });
  });

  it('belongs to a zone by a quarter of its box, wherever its foot is', () => {
    const smokeAt = (y: number) => (second: number) =>
      growing(second).map((one) => ({ ...one, label: 'smoke' as const, box: { ...one.box, y } }));
    const zoned = () => rehearse({ zone: 'zone-1' });

    expect(zoned().play(30, smokeAt(0.65), 2).raised).toHaveLength(1);
    expect(zoned().play(30, smokeAt(0.05), 2).raised).toEqual([]);
    expect(zoned().play(30, () => [{ ...flame(0, 1), box: boxAt(0.5, 0.95) }], 2).raised).toEqual([]);
  });

  it('is one alert until nothing is seen for clearAfter', () => {
    const stage = rehearse({ clearAfter: '10s' }).play(
      90,
      (second) => (second < 60 && second % 8 < 6 ? growing(Math.min(second, 40)) : []),
      2,
    );

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
  });

  it('goes on with its alert after a restart', () => {
    const before = rehearse().play(30, growing, 2);
    const [alert] = before.raised;
    const after = rehearse({}, { alerts: alert ? [alert] : [], startAt: before.clock.now() });

    after.play(20, growing, 2).play(60, () => [], 2);

    expect(after.events.map(({ type }) => type)).toEqual(['ended']);
  });

  it('lets a camera sleep again where something burns for a minute without growing', () => {
    const stage = rehearse().play(200, steady, 2);

    expect(Math.max(...stage.awakeAt)).toBeGreaterThanOrEqual(59);
    expect(Math.max(...stage.awakeAt)).toBeLessThanOrEqual(60.5);
  });

  it('says what it lacks', () => {
    expect(explain(rehearse().play(5, () => [], 2))).toMatchObject({
      state: 'idle',
      missing: [{ what: 'nobody', labels: ['fire', 'smoke'] }],
    });
    expect(explain(rehearse().play(2, steady, 2))?.missing).toEqual([
      { what: 'looks', have: 4, need: 8 },
      { what: 'growth', have: 100, need: 115 },
    ]);
    expect(explain(rehearse().play(20, steady, 2))).toMatchObject({
      state: 'building',
      missing: [{ what: 'growth', have: 100, need: 115 }],
    });
    expect(explain(rehearse().play(30, growing, 2))?.state).toBe('open');
  });

  it('is not watched with a model that knows neither class, and says which is installed', () => {
    const stage = rehearse({}, { modelLabels: ['person', 'car'] }).play(30, growing, 2);

    expect(stage.events).toEqual([]);
    expect(explain(stage)).toMatchObject({
      state: 'idle',
      missing: [{ what: 'model', labels: ['fire', 'smoke'], modelId: 'scripted' }],
    });
  });

  it('ends an alert that it can no longer follow because the model was changed', () => {
    const before = rehearse().play(30, growing, 2);
    const after = rehearse({}, { alerts: before.raised, modelLabels: ['person'] });

    expect(after.events.map(({ type }) => type)).toEqual(['ended']);
  });

  it('needs only one of the classes', () => {
    expect(rehearse({}, { modelLabels: ['fire'] }).play(30, growing, 2).raised).toHaveLength(1);
  });

  it('begins anew outside its schedule and after a long gap', () => {
    const off = rehearse({ schedule: [{ days: ['sun'], from: '00:00', to: '00:01' }] }).play(30, growing, 2);
    const broken = rehearse().play(5, growing, 2);
    broken.wait(60_000);

    expect(off.events).toEqual([]);
    expect(broken.play(3, (second) => growing(second + 5), 2).raised).toEqual([]);
  });
});
