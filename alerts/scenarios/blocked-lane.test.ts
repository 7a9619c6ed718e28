import { describe, expect, it } from 'vitest';
import {
  blockedLaneWith,
  boxAt,
  parked,
  Rehearsal,
  type Sketch,
} from '../../test/fixtures/alerts/rehearsal.ts';

const rehearse = (change = {}) => new Rehearsal({ scenarios: [blockedLaneWith(change)] });
/** Comes from the left for three seconds, then stands. */
const arriving = (second: number, change: Partial<Sketch> = {}): Sketch =>
  second < 3
    ? parked(0, { box: boxAt(0.1 + (0.4 * second) / 3, 0.6, 0.2, 0.15), startedAt: 0, ...change })
    : parked((second - 3) * 1000, { startedAt: 0, ...change });
/** Drives through the zone in four seconds, in front of the place. */
const passing = (second: number, trackId = 'truck-9'): Sketch => ({
  trackId,
  label: 'truck',
  box: boxAt(0.1 + 0.2 * second, 0.63, 0.3, 0.3),
  startedAt: 0,
});

describe('BlockedLaneWatch', () => {
  it('raises one alert when a vehicle that came has stood for the dwell time', () => {
    const stage = rehearse().play(62, (second) => [arriving(second)]);
    expect(stage.raised).toEqual([]);

    stage.play(600, (second) => [parked(59_000 + second * 1000)]);

    expect(stage.raised).toHaveLength(1);
    expect(stage.raised[0]?.facts).toMatchObject({ label: 'car', stoodAtStart: false, limitDwellMs: 60_000 });
    expect(stage.raised[0]?.facts.dwellMs).toBeGreaterThanOrEqual(60_000);
    expect(stage.raised[0]?.objects).toHaveLength(1);
  });

  it('reports a vehicle that stood there at the start once, as that', () => {
    const stage = rehearse().play(600, (second) => [parked(second * 1000, { stoodAtStart: true })]);

    expect(stage.raised.map(({ facts }) => facts.stoodAtStart)).toEqual([true]);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['vehicles pass', (second) => [passing(second % 4, `t${Math.floor(second / 4)}`)]],
    [
      'a vehicle goes before the dwell time',
      (second) =>
        second % 80 < 50 ? [arriving(second % 80, { trackId: `c${Math.floor(second / 80)}` })] : [],
    ],
    [
      'a vehicle stands beside the zone',
      (second) => [parked(second * 1000, { box: boxAt(0.15, 0.6, 0.2, 0.15) })],
    ],
    ['a person stands there', (second) => [parked(second * 1000, { label: 'person' })]],
    ['something is a car once a minute', (second) => (second % 60 === 0 ? [parked(second * 1000)] : [])],
  ])('raises nothing while %s', (_, script) => {
    expect(rehearse().play(400, script).raised).toEqual([]);
  });

  it('counts a vehicle whose lower part reaches into the zone though its foot point does not', () => {
    const box = { x: 0.28, y: 0.58, w: 0.25, h: 0.13 };

    expect(rehearse().play(70, (second) => [parked(second * 1000, { box })]).raised).toHaveLength(1);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    [
      'the detector swaps its labels',
      (second) => [parked(second * 1000, { label: Math.round(second * 5) % 2 ? 'truck' : 'car' })],
    ],
    [
      'the detector finds it in one of four frames',
      (second) => (Math.round(second * 5) % 4 === 0 ? [parked(second * 1000)] : []),
    ],
    [
      'its track changes every ten seconds',
      (second) => [parked((second % 10) * 1000 + 200, { trackId: `c${Math.floor(second / 10)}` })],
    ],
    [
      'others pass in front of it',
      (second) =>
        second % 10 < 4 ? [passing(second % 10, `t${Math.floor(second / 10)}`)] : [parked(second * 1000)],
    ],
    [
      'somebody walks before it',
      (second) =>
        second % 20 < 6 ? [{ trackId: 'p', box: boxAt(0.5, 0.65, 0.2, 0.3) }] : [parked(second * 1000)],
    ],
    [
      'a half of it is hidden now and then',
      (second) => [parked(second * 1000, second % 20 < 5 ? { box: boxAt(0.455, 0.6, 0.09, 0.15) } : {})],
    ],
  ])('is one situation although %s', (_, script) => {
    const stage = rehearse().play(600, script);

    expect(stage.raised).toHaveLength(1);
    expect(stage.raised[0]?.facts.dwellMs).toBeLessThan(75_000);
    expect(stage.ended).toEqual([]);
  });

  it('is one situation when a passing vehicle takes its id along', () => {
    const stage = rehearse().play(300, (second) => {
      // Behind the truck the car is lost; its id travels on with the truck, and the truck's stays behind.
      const isHidden = second > 101.4 && second < 103;
      const car =
        second < 102
          ? parked(second * 1000)
          : parked((second - 102) * 1000, { trackId: 'truck-9', startedAt: 0 });
      const truck = passing(second - 100, second < 102 ? 'truck-9' : 'car-1');
      return [...(isHidden ? [] : [car]), ...(second >= 100 && second < 104 ? [truck] : [])];
    });

    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);
  });

  it('is one situation while something stands before it and hides it', () => {
    const bus: Sketch = { trackId: 'bus', label: 'bus', box: boxAt(0.5, 0.9, 0.5, 0.6), startedAt: 0 };
    const stage = rehearse().play(400, (second) => {
      // Now and then there is a moment in which neither is found.
      if (second > 100 && second < 300) return second % 20 < 0.7 ? [] : [bus];
      return [parked(second * 1000)];
    });

    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);
  });

  it('is over when it is not seen for clearAfter, and a vehicle that comes later is another situation', () => {
    const stage = rehearse({ clearAfter: '20s', coolDown: '0s' });
    const startAt = stage.clock.now();
    stage.play(100, (second) => [arriving(second)]).play(60, () => []);
    stage.play(100, (second) => [
      arriving(second, { trackId: 'car-2', startedAt: stage.clock.now() - second * 1000 }),
    ]);

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended', 'raised']);
    expect(stage.ended[0]?.endedAt).toBe(startAt + 99_800);
  });

  it.each([
    ['after a while', 4],
    ['at its heels', 1.6],
  ])('takes a vehicle that comes where one drove off for another situation: %s', (_, gapS) => {
    const stage = rehearse({ coolDown: '0s' }).play(100, (second) => [arriving(second)]);
    stage.play(gapS, (second) => [parked(0, { box: boxAt(0.5 + second / 4, 0.6, 0.2, 0.15), startedAt: 0 })]);
    const bornAt = stage.clock.now();
    const box = boxAt(0.53, 0.605, 0.2, 0.15);
    const next = (second: number) => arriving(second, { trackId: 'car-2', startedAt: bornAt });
    stage.play(100, (second) => [second < 3 ? next(second) : { ...next(second), box }]);

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended', 'raised']);
    expect((stage.ended[0]?.at ?? 0) - bornAt).toBeLessThan(6000);
  });

  it('does not add up the waiting times of a queue', () => {
    const queue = (second: number): Sketch[] => {
      const turn = Math.floor(second / 40);
      const waiting = second % 40;
      // Each stands a little elsewhere, as drivers do.
      const x = 0.5 + (turn % 2 ? 0.06 : 0);
      const mine =
        waiting < 38
          ? parked(waiting * 1000, { trackId: `q${turn}`, box: boxAt(x, 0.6, 0.2, 0.15) })
          : parked(0, { trackId: `q${turn}`, box: boxAt(x + (waiting - 38) / 5, 0.6, 0.2, 0.15) });
      return [{ ...mine, startedAt: 0 }];
    };

    expect(rehearse().play(400, queue).raised).toEqual([]);
  });

  it('alerts to two vehicles side by side, to each once', () => {
    const both = (second: number): Sketch[] => [
      parked(second * 1000, { box: boxAt(0.42, 0.6, 0.14, 0.12) }),
      parked(second * 1000, { trackId: 'car-2', box: boxAt(0.58, 0.6, 0.14, 0.12) }),
    ];

    expect(rehearse().play(300, both).raised).toHaveLength(2);
  });

  it('counts absence on a dormant camera by looks, not by time', () => {
    const stage = rehearse({ clearAfter: '10s' }).play(70, (second) => [parked(second * 1000)]);
    for (const isThere of [true, false, false, true, true, false, false]) {
      stage.wait(15_000);
      stage.show(isThere ? [parked(2000, { trackId: 'again', isConfirmed: false })] : []);
    }
    expect(stage.ended).toEqual([]);

    stage.wait(15_000);
    stage.show([]);

    expect(stage.ended).toHaveLength(1);
  });

  it('asks for frames while it counts, not for a parked vehicle that was alerted to', () => {
    const stage = rehearse().play(200, (second) => [parked(second * 1000)]);

    expect(stage.awakeAt).toContain(30);
    expect(Math.max(...stage.awakeAt)).toBeLessThan(61);
  });

  it('stops asking for frames for a vehicle that is none of those asked for', () => {
    const stage = rehearse({ labels: ['truck'] }).play(200, (second) => [parked(second * 1000)]);

    expect(stage.raised).toEqual([]);
    expect(Math.max(...stage.awakeAt)).toBeLessThan(75);
  });

  it('follows no more than 64 standing places and counts what it leaves out', async () => {
    const many = Array.from({ length: 80 }, (_, index) => {
      const box = boxAt(0.32 + 0.04 * (index % 10), 0.35 + 0.04 * Math.floor(index / 10), 0.03, 0.03);
      return parked(0, { trackId: `c${index}`, box });
    });
    const stage = rehearse().play(70, (second) => many.map((car) => ({ ...car, stillMs: second * 1000 })), 1);

    expect(stage.raised).toHaveLength(64);
    expect(await stage.metrics.text()).toMatch(/xueliang_alerts_refused_total\{camera="gate-1"\} \d{3}/);
  });

  it('watches by its schedule but follows what it has alerted to to its end', () => {
    const schedule = [{ days: ['mon' as const], from: '20:00', to: '20:02' }];
    const stage = new Rehearsal({
      scenarios: [blockedLaneWith({ schedule })],
      startAt: Date.parse('2026-01-05T19:58:00+08:00'),
    });
    stage.play(600, (second) => [parked(second * 1000)]);
    expect(stage.events.map(({ type }) => type)).toEqual(['raised']);
    expect(stage.raised[0]?.capturedAt).toBeGreaterThan(Date.parse('2026-01-05T20:00:40+08:00'));

    stage.play(60, () => []);

    expect(stage.count('ended')).toBe(1);
  });

  it('believes a label that was asked for when it is seen at least every other time', () => {
    const seen =
      (label: 'truck' | 'car', every: number) =>
      (second: number): Sketch[] => [
        parked(second * 1000, { label: Math.round(second * 5) % every === 0 ? 'car' : label }),
      ];

    expect(rehearse({ labels: ['truck'] }).play(100, seen('truck', 3)).raised[0]?.facts.label).toBe('truck');
    expect(rehearse({ labels: ['truck'] }).play(100, seen('car', 3)).raised).toEqual([]);
  });

  it('regression: a car parked all night is one alert though the detector loses it for minutes in the dark', () => {
    const stage = rehearse({ dwell: '3m' }).play(240, (second) => [arriving(second)], 2);
    for (let look = 0; look < 4 * 60 * 10; look++) {
      stage.wait(15_000);
      const isFound = look % 40 < 6;
      stage.show(
        isFound ? [parked(15_000 * (look % 40) + 3000, { trackId: `n${Math.floor(look / 40)}` })] : [],
      );
    }

    expect(stage.raised).toHaveLength(1);
    expect(stage.count('ended')).toBeLessThanOrEqual(1);
  });
});
