import { describe, expect, it } from 'vitest';
import type { Polygon } from '../../core/schema/geometry.ts';
import {
  boxAt,
  cameraWith,
  Rehearsal,
  type Sketch,
  wrongWayWith,
} from '../../test/fixtures/alerts/rehearsal.ts';

const road: Polygon = [
  [0.05, 0.2],
  [1, 0.2],
  [1, 1],
  [0.05, 1],
];
const rehearse = (change: Parameters<typeof wrongWayWith>[0] = {}, camera = cameraWith(road)) =>
  new Rehearsal({ scenarios: [wrongWayWith(change)], camera });
const car = (x: number, change: Partial<Sketch> = {}): Sketch => ({
  ...{ label: 'car' as const, box: boxAt(x, 0.55, 0.14, 0.12) },
  ...change,
});
/** Five per cent of the picture a second, to the left, which is against the lane. */
const against = (second: number): Sketch[] => [car(0.85 - 0.05 * second)];

describe('WrongWayWatch', () => {
  it('alerts once to a vehicle that goes against the lane, and ends it when that is gone', () => {
    const stage = rehearse();
    const startAt = stage.clock.now();
    stage.play(15, against).play(20, () => []);

    expect(stage.raised).toMatchObject([
      {
        ...{ kind: 'wrongWay', zoneId: 'zone-1', lineId: 'lane-1', startedAt: startAt },
        facts: { label: 'car', distance: 18 },
      },
    ]);
    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    [
      'whose id changes',
      (second) => [car(0.85 - 0.05 * second, { trackId: `t${Math.floor(second / 1.3)}` })],
    ],
    ['that is lost for two seconds', (second) => (second > 3 && second < 5 ? [] : against(second))],
    [
      'that is hidden by a quarter now and then',
      (second) => [
        car(
          0.85 - 0.05 * second,
          second % 3 < 1 ? { box: boxAt(0.85 - 0.05 * second, 0.52, 0.14, 0.09) } : {},
        ),
      ],
    ],
    ['that turns round', (second) => [car(second < 6 ? 0.5 + 0.05 * second : 1.1 - 0.05 * second)]],
    [
      'that stops on its way',
      (second) => [car(0.85 - 0.05 * (second < 5 ? second : Math.max(5, second - 4)))],
    ],
    [
      'whose boxes are no numbers now and then',
      (second) => (Math.round(second * 5) % 3 === 0 ? [car(Number.NaN)] : against(second)),
    ],
    [
      'that comes towards the camera besides',
      (second) => [
        {
          label: 'car',
          box: boxAt(0.85 - 0.05 * second, 0.5 + 0.02 * second, 0.1 + 0.01 * second, 0.1 + 0.01 * second),
        },
      ],
    ],
  ])('alerts once to a vehicle %s', (_, script) => {
    expect(rehearse().play(14, script).raised).toHaveLength(1);
  });

  it.each<[string, (second: number) => Sketch[]]>([
    ['goes the right way', (second) => [car(0.1 + 0.05 * second)]],
    ['stands and trembles', (second) => [car(0.5 + 0.02 * Math.sin(second * 40))]],
    ['backs slowly', (second) => [car(0.6 - 0.006 * second)]],
    [
      'backs out by half its length and goes on',
      (second) => [car(second < 2 ? 0.5 - 0.035 * second : 0.43 + 0.05 * (second - 2))],
    ],
    ['goes across the lane', (second) => [{ label: 'car', box: boxAt(0.5, 0.3 + 0.05 * second, 0.1, 0.1) }]],
    [
      'drives out of the picture to the right',
      (second) => {
        const x = 0.7 + 0.06 * second;
        return x >= 1 ? [] : [{ label: 'car', box: { x, y: 0.43, w: Math.min(0.14, 1 - x), h: 0.12 } }];
      },
    ],
    [
      'is hidden from its right side more and more',
      (second) => [{ label: 'bus', box: { x: 0.3, y: 0.3, w: Math.max(0.05, 0.5 - 0.03 * second), h: 0.3 } }],
    ],
    ['walks', (second) => [{ ...car(0.85 - 0.05 * second), label: 'person' }]],
    ['rides a bicycle', (second) => [{ ...car(0.85 - 0.05 * second), label: 'bicycle' }]],
    ['is not believed', (second) => [car(0.85 - 0.05 * second, { isConfirmed: false })]],
    [
      'keeps outside the zone',
      (second) => [{ label: 'car', box: boxAt(0.85 - 0.05 * second, 0.15, 0.1, 0.1) }],
    ],
    [
      'is one of two whose ids are swapped',
      (second) => {
        const [left, right] = second < 5 ? ['a', 'b'] : ['b', 'a'];
        return [car(0.2 + 0.01 * second, { trackId: left }), car(0.7 + 0.01 * second, { trackId: right })];
      },
    ],
    [
      'is one of two that look like one for a frame',
      (second) => [
        car(0.3 + 0.02 * second, Math.abs(second - 4) < 0.1 ? { box: boxAt(0.3, 0.55, 0.6, 0.12) } : {}),
      ],
    ],
  ])('does not alert to what %s', (_, script) => {
    expect(rehearse().play(14, script).raised).toEqual([]);
  });

  it('watches bicycles when their label is named', () => {
    const ride = (second: number): Sketch[] => [{ ...car(0.85 - 0.05 * second), label: 'bicycle' }];

    expect(rehearse({ labels: ['bicycle'] }).play(10, ride).raised).toHaveLength(1);
  });

  it('goes by the direction of the nearest part of a lane that bends', () => {
    const camera = {
      ...cameraWith(road),
      lines: [
        {
          id: 'lane-1',
          points: [
            [0.1, 0.3],
            [0.8, 0.3],
            [0.8, 0.9],
            [0.1, 0.9],
          ] as [number, number][],
        },
      ],
    };
    const way = (second: number): Sketch[] => {
      const x = second < 8 ? 0.2 + 0.075 * second : second < 14 ? 0.8 : 0.8 - 0.075 * (second - 14);
      const y = second < 8 ? 0.3 : second < 14 ? 0.3 + 0.1 * (second - 8) : 0.9;
      return [{ label: 'car', box: boxAt(x, y, 0.08, 0.08) }];
    };

    expect(rehearse({}, camera).play(20, way).raised).toEqual([]);
    expect(rehearse({}, camera).play(20, (second) => way(20 - second)).raised).toHaveLength(1);
  });

  it('gives every vehicle its own alert', () => {
    const stage = rehearse().play(12, (second) => [
      ...against(second).map((sketch) => ({ ...sketch, trackId: 'a' })),
      { label: 'truck', trackId: 'b', box: boxAt(0.9 - 0.05 * second, 0.9, 0.14, 0.14) },
    ]);

    expect(stage.raised.map(({ facts }) => facts.label).sort()).toEqual(['car', 'truck']);
  });

  it('ends with its schedule', () => {
    const schedule = [{ days: ['mon' as const], from: '20:00', to: '20:01' }];
    const startAt = Date.parse('2026-01-05T20:00:52+08:00');
    const stage = new Rehearsal({
      scenarios: [wrongWayWith({ schedule })],
      camera: cameraWith(road),
      startAt,
    });
    stage.play(14, against);

    expect(stage.events.map(({ type }) => type)).toEqual(['raised', 'ended']);
  });

  it('says how far it went of what it takes', () => {
    const stage = rehearse();
    const explain = () => stage.engine.explain('gate-1', stage.clock.now())[0];
    stage.play(1, () => []);
    expect(explain()?.missing).toEqual([{ what: 'nobody', labels: ['car', 'motorcycle', 'bus', 'truck'] }]);
    stage.play(1.2, against);

    expect(explain()).toMatchObject({
      state: 'building',
      missing: [{ what: 'distance', have: 0.09, need: 0.15, label: 'car' }],
    });
    expect(stage.dueInMs).toBeLessThan(1000);
  });
});
