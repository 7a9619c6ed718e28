import { describe, expect, it } from 'vitest';
import {
  blockedLaneWith,
  boxAt,
  parked,
  Rehearsal,
  type Sketch,
} from '../../test/fixtures/alerts/rehearsal.ts';
import { isAttended } from './attended.ts';
import type { Scene } from './scene.ts';

const rehearse = (allowsAttended = true) =>
  new Rehearsal({ scenarios: [blockedLaneWith({ allowsAttended })] });
const car = (second: number): Sketch => parked(second * 1000 + 1);
const beside: Sketch = { trackId: 'p', box: boxAt(0.63, 0.62, 0.04, 0.12) };

describe('a vehicle with somebody beside it', () => {
  it('is not alerted to while he is there, where attended vehicles are allowed', () => {
    expect(rehearse().play(180, (second) => [car(second), beside]).raised).toEqual([]);
    expect(rehearse(false).play(180, (second) => [car(second), beside]).raised).toHaveLength(1);
  });

  it('is alerted to when it has stood for the dwell time with nobody there', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(105, (second) => (second >= 10 && second < 40 ? [car(second), beside] : [car(second)]));

    // Half a minute beside it, and the ten seconds for which he may be behind it.
    expect(stage.raised).toMatchObject([{ facts: { dwellMs: 60_000 } }]);
    expect(stage.raised[0]?.capturedAt).toBeGreaterThan(startAt + 99_000);
    expect(stage.raised[0]?.startedAt).toBe(startAt);
  });

  it('is attended over short misses of whoever loads, and over unbelieved ones', () => {
    const stage = rehearse().play(180, (second) => [
      car(second),
      ...(second % 12 < 4 ? [{ ...beside, isConfirmed: second % 24 < 12 }] : []),
    ]);

    expect(stage.raised).toEqual([]);
  });

  it('stays alerted to when somebody comes later', () => {
    const stage = rehearse().play(180, (second) => (second > 70 ? [car(second), beside] : [car(second)]));

    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);
  });

  it('is said to be attended', () => {
    const stage = rehearse().play(30, (second) => [car(second), ...(second > 10 ? [beside] : [])]);

    expect(stage.engine.explain('gate-1', stage.clock.now())[0]).toMatchObject({
      state: 'building',
      missing: [
        { what: 'attended', label: 'car' },
        { what: 'dwell', needMs: 60_000 },
      ],
    });
  });

  it.each<[string, Sketch, boolean]>([
    ['at its side', beside, true],
    ['before it', { box: boxAt(0.5, 0.64, 0.04, 0.12) }, true],
    ['at its far corner', { box: boxAt(0.38, 0.5, 0.04, 0.12) }, true],
    ['far behind it', { box: boxAt(0.5, 0.46, 0.02, 0.06) }, false],
    ['two widths away', { box: boxAt(0.85, 0.6, 0.04, 0.12) }, false],
    ['far before it', { box: boxAt(0.5, 0.9, 0.04, 0.2) }, false],
    ['as a dog', { ...beside, label: 'dog' }, false],
  ])('has somebody beside it: %s', (_, sketch, expected) => {
    const scene = { tracks: [{ label: 'person', ...sketch }] } as unknown as Scene;

    expect(isAttended(boxAt(0.5, 0.6, 0.2, 0.15), scene)).toBe(expected);
  });
});
