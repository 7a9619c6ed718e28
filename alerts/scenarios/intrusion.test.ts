import { describe, expect, it } from 'vitest';
import { boxAt, intrusionWith, Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';

const inside: Sketch = { box: boxAt(0.5, 0.5) };
const outside: Sketch = { box: boxAt(0.5, 0.9) };
const rehearse = (change = {}) => new Rehearsal({ scenarios: [intrusionWith(change)] });

describe('IntrusionWatch', () => {
  it('raises one alert once somebody has stood inside for the dwell time', () => {
    const stage = rehearse().play(4.8, () => [inside]);
    expect(stage.raised).toEqual([]);

    stage.play(20, () => [inside]);

    expect(stage.raised).toHaveLength(1);
    expect(stage.raised[0]).toMatchObject({
      kind: 'intrusion',
      severity: 'high',
      purpose: 'water',
      facts: { label: 'person', count: 1, dwellMs: 5000, limitDwellMs: 5000 },
      objects: [{ trackId: 't1', label: 'person' }],
    });
  });

  it('tells when it began and which frame decided', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(10, (second) => (second < 2 ? [outside] : [inside]));

    const [alert] = stage.raised;
    expect(alert).toMatchObject({ startedAt: startAt + 2000, capturedAt: startAt + 7000 });
    expect(stage.evidence[0]).toMatchObject({ capturedAt: startAt + 7000, preSeconds: 5, postSeconds: 5 });
    expect(stage.evidence[0]?.outline).toHaveLength(4);
  });

  it('counts from when somebody came, though the tracker believed it later', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(10, (second) => [{ ...inside, isConfirmed: second >= 2 }]);

    expect(stage.raised[0]).toMatchObject({ startedAt: startAt, capturedAt: startAt + 5000 });
  });

  it('does not count what left again before it was believed', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(10, (second) => [
      { ...(second < 1 || second >= 2 ? inside : outside), isConfirmed: second >= 2 },
    ]);

    expect(stage.raised[0]).toMatchObject({ startedAt: startAt + 2000 });
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['misses of up to a second', (second) => (second % 2 < 0.7 ? [] : [inside])],
    [
      'steps over the edge',
      (second) => (Math.round(second * 5) % 3 === 0 ? [{ box: boxAt(0.5, 0.705) }] : [inside]),
    ],
    [
      'boxes that are no numbers',
      (second) => (Math.round(second * 5) % 3 === 0 ? [{ box: boxAt(Number.NaN, 0.5) }] : [inside]),
    ],
    ['an id that changes', (second) => [{ ...inside, trackId: second < 3 ? 'a' : 'b' }]],
    [
      'an id that changes while nothing is seen',
      (second) =>
        second > 2.9 && second < 3.5
          ? []
          : [{ box: boxAt(0.5 + second / 100, 0.5), trackId: second < 3 ? 'a' : 'b' }],
    ],
  ])('counts on over %s', (_, script) => {
    expect(rehearse().play(7, script).raised).toHaveLength(1);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['nobody is inside', () => [outside]],
    ['somebody leaves before the dwell time', (second) => [second % 6 < 4.5 ? inside : outside]],
    ['somebody is seen again only after two seconds', (second) => (second % 4 < 2 ? [inside] : [])],
    [
      'one after the other passes through',
      (second) => [{ box: boxAt(0.31 + 0.12 * (second % 3), 0.5), trackId: `w${Math.floor(second / 3)}` }],
    ],
    ['something else is inside', () => [{ ...inside, label: 'dog' }]],
    ['the track is not believed', () => [{ ...inside, isConfirmed: false }]],
    ['the track is only guessed on', () => [{ ...inside, isSeenNow: false }]],
  ])('raises nothing while %s', (_, script) => {
    expect(rehearse().play(30, script).raised).toEqual([]);
  });

  it('ends when the zone has been free for clearAfter, at the moment it became free', () => {
    const stage = rehearse({ clearAfter: '8s' });
    const startAt = stage.clock.now();
    stage.play(60, (second) => [second < 12 ? inside : outside]);

    expect(stage.ended).toHaveLength(1);
    // Up to a second and a frame late: a miss is tolerated that long.
    expect(stage.ended[0]?.endedAt).toBeGreaterThanOrEqual(startAt + 11_800);
    expect(stage.ended[0]?.endedAt).toBeLessThanOrEqual(startAt + 13_000);
    expect(stage.elapsedMs).toBe(60_000);
  });

  it('is one situation while anybody is inside, and another after the zone was free', () => {
    const stage = rehearse({ coolDown: '0s' });
    stage.play(100, (second) => {
      if (second < 40) return [{ ...inside, trackId: `v${Math.floor(second / 8)}` }];
      return second > 60 && second < 80 ? [{ ...inside, trackId: 'late' }] : [];
    });

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended', 'raised', 'ended']);
  });

  it('asks for frames while somebody is inside or the zone is not yet clear, then lets the camera rest', () => {
    const stage = rehearse().play(60, (second) => (second >= 10 && second < 20 ? [inside] : []));

    expect(Math.min(...stage.awakeAt)).toBe(10);
    expect(Math.max(...stage.awakeAt)).toBeGreaterThan(28);
    expect(Math.max(...stage.awakeAt)).toBeLessThan(33);
  });

  it('asks for frames to see whether an unbelieved track on a dormant camera is somebody', () => {
    const stage = rehearse();
    stage.show([{ ...inside, isConfirmed: false }]);
    stage.wait(15_000);
    stage.show([{ ...outside, isConfirmed: false }]);

    expect(stage.awakeAt).toEqual([0]);
  });

  it('lets a camera rest before a parked vehicle that was alerted to', () => {
    const car: Sketch = { box: boxAt(0.5, 0.5), label: 'car' };
    const stage = rehearse({ labels: ['car'] }).play(60, (second) => [{ ...car, stillMs: second * 1000 }]);

    expect(stage.raised).toHaveLength(1);
    expect(Math.max(...stage.awakeAt)).toBeLessThan(11);
  });

  it('keeps to its schedule: the situation ends with it and nothing is raised outside', () => {
    const schedule = [{ days: ['mon' as const], from: '20:00', to: '20:01' }];
    const stage = new Rehearsal({
      scenarios: [intrusionWith({ schedule })],
      startAt: Date.parse('2026-01-05T19:59:30+08:00'),
    });
    stage.play(120, () => [inside]);

    expect(stage.raised[0]?.startedAt).toBe(Date.parse('2026-01-05T20:00:00+08:00'));
    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
  });

  it('is not disturbed by a camera’s clock that jumps back and forth', () => {
    const stage = rehearse();
    stage.play(2, () => [inside]);
    stage.cameraClockOffMs = -3_600_000;
    stage.play(2, () => [inside]);
    stage.cameraClockOffMs = 7_200_000;
    expect(stage.play(0.8, () => [inside]).raised).toEqual([]);
    stage.play(20, () => [inside]);

    expect(stage.raised).toHaveLength(1);
    expect(stage.raised[0]?.facts.dwellMs).toBe(5000);
  });
});
