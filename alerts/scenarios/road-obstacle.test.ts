import { describe, expect, it } from 'vitest';
import type { Box } from '../../core/schema/geometry.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import { boxAt, parked, Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';

const obstacleWith = (change: Partial<ScenarioOf<'roadObstacle'>> = {}): ScenarioOf<'roadObstacle'> => ({
  id: 'obstacle-1',
  name: '路面障碍',
  kind: 'roadObstacle',
  cameras: ['gate-1'],
  zone: 'zone-1',
  severity: 'high',
  dwell: '60s',
  ...change,
});

/** Powers of two, so that nothing is rounded. */
const sack: Box = { x: 0.5, y: 0.5, w: 0.0625, h: 0.0625 };
type Still = { box: Box; stillMs: number; size: number };
const lying = (stillMs: number, box = sack): Still => ({ box, stillMs, size: 0.06 });

/** Plays frames and pictures together, one of each a second. */
class Road extends Rehearsal {
  pictureUs = 0;
  learnedMs = 0;

  constructor(change: Partial<ScenarioOf<'roadObstacle'>> = {}, watched: object = {}) {
    super({ scenarios: [obstacleWith(change)], ...watched });
  }

  drive(
    seconds: number,
    script: (second: number) => { still?: Still[]; tracks?: Sketch[]; gone?: Box[] },
  ): this {
    for (let second = 0; second < seconds; second++) {
      const { still = [], tracks = [], gone = [] } = script(second);
      const now = this.clock.now();
      const { pictureUs: ptsUs, learnedMs } = this;
      const times = { capturedAt: now, receivedAt: now, ptsUs, learnedMs };
      this.engine.observePicture({ cameraId: 'gate-1', ...times, still, gone });
      this.show(tracks);
      this.wait(1000);
      this.pictureUs += 1e6;
      this.learnedMs += 1000;
    }
    return this;
  }

  get explained() {
    const [only] = this.engine.explain('gate-1', this.clock.now());
    return [only?.state, only?.missing.map((lack) => ('why' in lack ? lack.why : lack.what))];
  }
}

/** Comes from the left for three seconds, then stands. */
const arriving = (second: number, change: Partial<Sketch> = {}): Sketch =>
  second < 3
    ? parked(0, { box: boxAt(0.1 + (0.4 * second) / 3, 0.6, 0.2, 0.15), startedAt: 0, speed: 1, ...change })
    : parked((second - 3) * 1000, { startedAt: 0, ...change });
const queue = (second: number, cars = 4): Sketch[] =>
  Array.from({ length: cars }, (_, index) =>
    arriving(second, { trackId: `q${index}`, box: boxAt(0.35 + 0.1 * index, 0.6, 0.09, 0.1) }),
  );
const passing = (second: number): Sketch => ({
  trackId: `p${Math.floor(second / 4)}`,
  label: 'car',
  box: boxAt(0.3 + 0.1 * (second % 4), 0.65, 0.1, 0.1),
  speed: 2,
});

describe('RoadObstacleWatch', () => {
  it('alerts once to a vehicle that came and stands', () => {
    const road = new Road().drive(300, (second) => ({ tracks: [arriving(second), passing(second)] }));

    expect(road.raised.map(({ facts }) => facts)).toMatchObject([{ obstacle: 'vehicle', label: 'car' }]);
    expect(road.raised[0]?.facts.dwellMs).toBeLessThan(70_000);
    expect(road.ended).toEqual([]);
  });

  it('says nothing of one that stood there when watching began, and why', () => {
    const road = new Road().drive(200, (second) => ({
      tracks: [parked(second * 1000, { stoodAtStart: true })],
    }));

    expect(road.raised).toEqual([]);
    expect(road.explained).toEqual(['suppressed', ['stood-at-start']]);
  });

  it('says nothing of a queue, and why', () => {
    const road = new Road().drive(200, (second) => ({ tracks: queue(second) }));

    expect(road.raised).toEqual([]);
    expect(road.explained).toEqual(['suppressed', ['traffic-jam']]);
  });

  it('says nothing of a queue that creeps', () => {
    const creeping = (second: number): Sketch[] =>
      queue(second).map((car, index) => ({ ...car, ...(index > 0 ? { stillMs: 0, speed: 0.1 } : {}) }));

    expect(new Road().drive(200, (second) => ({ tracks: creeping(second) })).raised).toEqual([]);
  });

  it('says nothing while a queue dissolves, and alerts to the one that stays', () => {
    const road = new Road().drive(200, (second) => ({ tracks: queue(second) }));
    road.drive(20, (second) => ({ tracks: queue(200 + second, Math.max(1, 4 - Math.floor(second / 4))) }));
    expect(road.raised).toEqual([]);

    road.drive(60, (second) => ({ tracks: queue(220 + second, 1) }));

    expect(road.raised).toHaveLength(1);
  });

  it('alerts to two that met, for that is no queue', () => {
    const road = new Road().drive(100, (second) => ({ tracks: [...queue(second, 2), passing(second)] }));

    expect(road.raised).toHaveLength(2);
  });

  it('alerts once to what lies there, with the place, and ends when it is gone', () => {
    const road = new Road().drive(200, (second) => ({ still: [lying(20_000 + second * 1000)] }));

    expect(road.raised).toMatchObject([
      { facts: { obstacle: 'debris', box: sack, limitDwellMs: 60_000 }, objects: [] },
    ]);
    expect(road.evidence[0]?.marks).toEqual([sack]);
    expect(road.raised[0]?.capturedAt).toBe((road.raised[0]?.startedAt ?? 0) + 60_000);
    road.drive(19, () => ({}));
    expect(road.ended).toEqual([]);
    road.drive(3, () => ({}));
    expect(road.ended).toHaveLength(1);
  });

  it.each<[string, (second: number) => { still?: Still[]; tracks?: Sketch[] }]>([
    ['nothing is new', () => ({})],
    ['it lies beside the zone', (second) => ({ still: [lying(second * 1000, boxAt(0.2, 0.6, 0.05, 0.06))] })],
    ['it is too small', (second) => ({ still: [{ ...lying(second * 1000), size: 0.03 }] })],
    [
      'a person stands there',
      (second) => ({ still: [lying(second * 1000)], tracks: [{ box: boxAt(0.53, 0.61, 0.08, 0.15) }] }),
    ],
    [
      'the detector finds somebody there now and then',
      (second) => ({
        still: [lying(second * 1000)],
        tracks: second % 30 === 0 ? [{ box: boxAt(0.53, 0.61, 0.08, 0.15), isConfirmed: false }] : [],
      }),
    ],
    ['it is taken away in time', (second) => ({ still: second < 50 ? [lying(second * 1000)] : [] })],
    ['vehicles wait', (second) => ({ still: [lying(second * 1000)], tracks: queue(second) })],
  ])('says nothing of debris while %s', (_, script) => {
    expect(new Road({ obstacles: ['debris'] }).drive(200, script).raised).toEqual([]);
  });

  it('counts from when whoever put it there has gone', () => {
    const road = new Road().drive(130, (second) => ({
      still: [lying(second * 1000)],
      tracks: second < 60 ? [{ box: boxAt(0.53, 0.61, 0.08, 0.15) }] : [],
    }));

    expect(road.raised).toHaveLength(1);
    expect(road.raised[0]?.facts.dwellMs).toBe(60_000);
    expect((road.raised[0]?.startedAt ?? 0) + 130_000 - road.clock.now()).toBe(59_000);
  });

  it('goes on while something stands before it', () => {
    const road = new Road().drive(100, (second) => ({ still: [lying(second * 1000)] }));
    const van: Sketch = { trackId: 'van', label: 'truck', box: boxAt(0.5, 0.65, 0.3, 0.3) };

    road.drive(100, () => ({ tracks: [van] })).drive(100, (second) => ({ still: [lying(second * 1000)] }));

    expect(road.events.map(({ type }) => type)).toEqual(['raised']);
  });

  it('goes on over a restart, and ends when it is seen that it has gone', () => {
    const before = new Road().drive(100, (second) => ({ still: [lying(second * 1000)] }));
    const [alert] = before.raised;
    const after = new Road({}, { alerts: alert ? [alert] : [], startAt: before.clock.now() });

    after.drive(300, () => ({}));
    expect(after.events).toEqual([]);
    after.drive(2, () => ({ gone: [sack] }));

    expect(after.events).toMatchObject([{ type: 'ended', alertId: alert?.alertId }]);
  });

  it('asks a dormant camera for frames shortly before an alert is due, and for none before', () => {
    const road = new Road({ obstacles: ['debris'] }).drive(100, (second) => ({
      still: [lying(second * 1000)],
    }));

    expect(Math.min(...road.awakeAt)).toBeGreaterThan(38);
    expect(Math.max(...road.awakeAt)).toBeLessThan(62);
  });

  it('says how near it is', () => {
    const road = new Road().drive(5, () => ({}));
    expect(road.explained).toEqual(['idle', ['nobody', 'novelty']]);

    road.drive(30, (second) => ({ still: [lying(second * 1000)] }));
    expect(road.explained).toEqual(['building', ['dwell']]);

    road.drive(60, (second) => ({ still: [lying(30_000 + second * 1000)] }));
    expect(road.explained).toEqual(['open', ['situation-open']]);
  });

  it('raises one alert a thing, whatever comes and goes', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    for (let round = 0; round < 20; round++) {
      const road = new Road({ obstacles: ['debris'], dwell: '30s' });
      const things = Array.from({ length: random.whole(0, 4) }, (_, index) => ({
        box: boxAt(0.34 + 0.1 * index, 0.5, 0.05, 0.06),
        from: random.whole(0, 60),
        lasts: random.whole(1, 120),
      }));
      road.drive(240, (second) => ({
        still: things.flatMap(({ box, from, lasts }) =>
          second >= from && second < from + lasts && random.next() > 0.1
            ? [lying((second - from) * 1000, box)]
            : [],
        ),
      }));

      const surely = things.filter(({ lasts }) => lasts > 45).length;
      const atMost = things.filter(({ lasts }) => lasts > 30).length;
      expect(road.raised.length, `seed ${seed}`).toBeGreaterThanOrEqual(surely);
      expect(road.raised.length, `seed ${seed}`).toBeLessThanOrEqual(atMost);
      expect(road.ended, `seed ${seed}`).toHaveLength(road.raised.length);
    }
  });
});
