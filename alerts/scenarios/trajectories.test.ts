import { describe, expect, it } from 'vitest';
import {
  type Act,
  actsOf,
  between,
  expected,
  perform,
  type Random,
  seeds,
} from '../../test/fixtures/alerts/acts.ts';
import {
  blockedLaneWith,
  boxAt,
  crowdWith,
  intrusionWith,
  Rehearsal,
  type Sketch,
} from '../../test/fixtures/alerts/rehearsal.ts';
import { createSeededRandom } from '../../test/fixtures/inference/seeded-random.ts';

/** Somebody walks up to the zone, stays inside, and leaves. Ids change on the way. */
const visit = (random: Random, name: string, stayS: number): Act => {
  const y = between(random, 0.45, 0.55);
  const switches = [between(random, 0, stayS), between(random, 0, stayS)];
  return {
    seconds: stayS + 4,
    isSituation: stayS > 5,
    script: (second) => {
      const isWalking = second < 2 || second > stayS + 2;
      const x = isWalking ? 0.15 + 0.05 * (second % 2) : 0.5 + 0.1 * Math.sin(second / 3);
      const part = switches.filter((at) => second - 2 > at).length;
      return [{ trackId: `${name}-${isWalking ? second < 2 : part}`, box: boxAt(x, y) }];
    },
  };
};

const gathering = (random: Random, name: string, people: number, seconds: number): Act => {
  const places = Array.from({ length: people }, () => [
    between(random, 0.34, 0.66),
    between(random, 0.4, 0.66),
  ]);
  return {
    seconds,
    isSituation: people >= 6 && seconds > 10,
    script: () =>
      places.map(([x = 0, y = 0], index) => ({ trackId: `${name}-${index}`, box: boxAt(x, y, 0.03, 0.1) })),
  };
};

/** A vehicle drives in, stands, and drives off; its label swaps and its id changes while it stands. */
const parking = (random: Random, name: string, standsS: number): Act => {
  const x = between(random, 0.42, 0.58);
  const switchesEveryS = between(random, 15, 60);
  const box = (at: number) => boxAt(at, 0.6, 0.2, 0.15);
  return {
    seconds: standsS + 8,
    isSituation: standsS > 60,
    script: (second) => {
      const stood = second - 4;
      const label = random() < 0.3 ? 'truck' : 'car';
      if (stood < 0) return [{ trackId: `${name}-0`, label, box: box(x + stood * 0.12) }];
      const part = Math.floor(stood / switchesEveryS);
      const gone = stood - standsS;
      if (gone > 0)
        return [
          { trackId: `${name}-${Math.floor(standsS / switchesEveryS)}`, label, box: box(x + gone * 0.15) },
        ];
      const stillMs = 1 + (stood - part * switchesEveryS) * 1000;
      return [{ trackId: `${name}-${part}`, label, box: box(x), stillMs }];
    },
  };
};

const passingBy = (random: Random, name: string): Act => {
  const speed = between(random, 0.1, 0.5);
  const script = (second: number): Sketch[] => [
    { trackId: name, label: 'bus', box: boxAt(second * speed, 0.65, 0.3, 0.3) },
  ];
  return { seconds: 1 / speed, isSituation: false, script };
};

describe('random trajectories', () => {
  it.each(seeds)('an intrusion is raised once for each long visit and for no short one (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const visits = actsOf(
      random,
      (index) =>
        visit(random, `v${index}`, random() < 0.5 ? between(random, 0.5, 3.5) : between(random, 7.5, 30)),
      11,
    );
    const stage = new Rehearsal({ scenarios: [intrusionWith({ coolDown: '0s' })] });
    perform(stage, visits, random, 0.1);

    expect([stage.count('raised'), stage.count('ended')]).toEqual([expected(visits), expected(visits)]);
  });

  it.each(seeds)('a crowd is raised once for each long gathering of enough people (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const gatherings = actsOf(
      random,
      (index) => {
        const people = random() < 0.5 ? 1 + Math.floor(random() * 4) : 6 + Math.floor(random() * 20);
        return gathering(
          random,
          `g${index}`,
          people,
          random() < 0.3 ? between(random, 1, 8) : between(random, 13, 40),
        );
      },
      11,
    );
    const stage = new Rehearsal({ scenarios: [crowdWith({ coolDown: '0s' })] });
    perform(stage, gatherings, random, 0.1);

    expect([stage.count('raised'), stage.count('ended')]).toEqual([
      expected(gatherings),
      expected(gatherings),
    ]);
  });

  it.each(seeds)(
    'a blocked lane is raised once for each vehicle that stays and for none that passes (seed %i)',
    (seed) => {
      const { next: random } = createSeededRandom(seed);
      const traffic = actsOf(
        random,
        (index) => {
          if (random() < 0.4) return passingBy(random, `b${index}`);
          return parking(
            random,
            `c${index}`,
            random() < 0.5 ? between(random, 3, 50) : between(random, 75, 200),
          );
        },
        21,
      );
      const stage = new Rehearsal({ scenarios: [blockedLaneWith({ coolDown: '0s' })] });
      perform(stage, traffic, random, 0.3);

      expect([stage.count('raised'), stage.count('ended')]).toEqual([expected(traffic), expected(traffic)]);
    },
  );
});
