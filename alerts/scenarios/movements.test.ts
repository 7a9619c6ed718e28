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
  cameraWith,
  lineCrossingWith,
  loiteringWith,
  parked,
  Rehearsal,
  type Sketch,
  watersideWith,
  wrongWayWith,
} from '../../test/fixtures/alerts/rehearsal.ts';
import { createSeededRandom } from '../../test/fixtures/inference/seeded-random.ts';

/** A name that changes at random moments, as when a tracker loses the thread. */
const renamed = (random: Random, name: string, seconds: number): ((second: number) => string) => {
  const switches = Array.from({ length: 3 }, () => between(random, 0, seconds));
  return (second) => `${name}-${switches.filter((at) => second > at).length}`;
};

interface Walk extends Act {
  direction?: 'forward' | 'backward';
}

/** Goes over the line, with or without a rest on it, or up to it and back; is hidden for up to a second on the way. */
const walk = (random: Random, name: string): Walk => {
  const seconds = between(random, 5, 12);
  const idOf = renamed(random, name, seconds);
  const isForward = random() < 0.5;
  const isCrossing = random() < 0.6;
  const rest = random() < 0.3 ? between(random, 1, 20) : 0;
  const hiddenAt = between(random, 1, seconds);
  const y = between(random, 0.3, 0.8);
  const way = (share: number): number => {
    const x = isCrossing || share < 0.5 ? 0.25 + 0.5 * share : 0.75 - 0.5 * share;
    return isForward ? x : 1 - x;
  };
  return {
    seconds: seconds + rest,
    isSituation: isCrossing,
    ...(isCrossing ? { direction: isForward ? 'forward' : 'backward' } : {}),
    script: (second) => {
      const walked = second < seconds / 2 ? second : Math.max(seconds / 2, second - rest);
      if (second > hiddenAt && second < hiddenAt + 0.8) return [];
      return [{ trackId: idOf(walked), box: boxAt(way(walked / seconds), y) }];
    },
  };
};

/** Small, so that the zone is many heights wide. Stays and wanders a little, or crosses slowly. */
const stay = (random: Random, name: string): Act => {
  const isStaying = random() < 0.7;
  const seconds = isStaying && random() < 0.5 ? between(random, 5, 45) : between(random, 80, 140);
  const idOf = renamed(random, name, seconds);
  const x = between(random, 0.45, 0.55);
  return {
    seconds,
    isSituation: isStaying && seconds > 60,
    script: (second) => [
      {
        trackId: idOf(second),
        box: boxAt(
          isStaying ? x + 0.03 * Math.sin(second / 5) : 0.25 + (0.5 * second) / seconds,
          0.5,
          0.03,
          0.06,
        ),
      },
    ],
  };
};

type Course = 'right' | 'wrong' | 'turned' | 'backing';

const drive = (random: Random, name: string): Act => {
  const course = (['right', 'wrong', 'turned', 'backing'] as const)[Math.floor(random() * 4)] ?? 'right';
  const seconds = between(random, 9, 14);
  const idOf = renamed(random, name, seconds);
  const y = between(random, 0.4, 0.8);
  const ways: Record<Course, (share: number) => number> = {
    right: (share) => 0.15 + 0.7 * share,
    wrong: (share) => 0.85 - 0.7 * share,
    turned: (share) => (share < 0.5 ? 0.3 + share : 1.3 - share),
    // Slower than anybody drives.
    backing: (share) => 0.5 - 0.05 * share,
  };
  return {
    seconds,
    isSituation: course === 'wrong' || course === 'turned',
    script: (second) => [
      { trackId: idOf(second), label: 'car', box: boxAt(ways[course](second / seconds), y, 0.14, 0.12) },
    ],
  };
};

/** Comes to the water for a while, or walks past behind the bank. */
const bathe = (random: Random, name: string): Act => {
  const isInside = random() < 0.6;
  const seconds = between(random, 4, 30);
  const idOf = renamed(random, name, seconds);
  const y = isInside ? between(random, 0.4, 0.6) : 0.9;
  const script = (second: number): Sketch[] => [
    { trackId: idOf(second), box: boxAt(0.5 + 0.1 * Math.sin(second / 3), y) },
  ];
  return { seconds, isSituation: isInside, script };
};

/** A vehicle comes, stands with somebody beside it all the time, for a while, or never, and drives off. */
const unload = (random: Random, name: string): Act => {
  const standsS = between(random, 100, 160);
  const attendedS = random() < 0.4 ? standsS : random() < 0.5 ? between(random, 5, 20) : 0;
  const car = (x: number, stillMs = 0): Sketch =>
    parked(stillMs, { trackId: name, box: boxAt(x, 0.6, 0.2, 0.15) });
  const script = (second: number): Sketch[] => {
    const stood = second - 4;
    if (stood < 0) return [car(0.5 + stood * 0.12)];
    if (stood > standsS) return [car(0.5 + (stood - standsS) * 0.15)];
    const beside = boxAt(0.62 + 0.02 * Math.sin(second), 0.62, 0.04, 0.12);
    const isThere = stood < attendedS && stood % 10 < 8;
    return [car(0.5, 1 + stood * 1000), ...(isThere ? [{ trackId: `${name}-p`, box: beside }] : [])];
  };
  return { seconds: standsS + 8, isSituation: attendedS < standsS, script };
};

const counts = (stage: Rehearsal): number[] => [stage.count('raised'), stage.count('ended')];

describe('random movements', () => {
  it.each(seeds)('every crossing is counted once, the way it went, and nothing else is (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const walks = actsOf(random, (index) => walk(random, `w${index}`), 0) as Walk[];
    const stage = new Rehearsal({ scenarios: [lineCrossingWith({ direction: 'both', coolDown: '1s' })] });
    perform(stage, walks, random, 0.1);

    expect(stage.crossings.map(({ direction }) => direction)).toEqual(
      walks.flatMap(({ direction }) => direction ?? []),
    );
    expect(stage.count('raised')).toBe(expected(walks));
  });

  it.each(seeds)('loitering is raised once for each long stay and for no passage (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const stays = actsOf(random, (index) => stay(random, `s${index}`), 37);
    const stage = new Rehearsal({ scenarios: [loiteringWith({ coolDown: '0s' })] });
    perform(stage, stays, random, 0.1);

    expect(counts(stage)).toEqual([expected(stays), expected(stays)]);
  });

  it.each(seeds)('a wrong way is raised once for each vehicle that goes it (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const drives = actsOf(random, (index) => drive(random, `d${index}`), 13);
    const whole: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    const stage = new Rehearsal({ scenarios: [wrongWayWith({ coolDown: '0s' })], camera: cameraWith(whole) });
    perform(stage, drives, random, 0.1);

    expect(counts(stage)).toEqual([expected(drives), expected(drives)]);
  });

  it.each(seeds)('everybody at the water is alerted to, and nobody behind the bank (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const visits = actsOf(random, (index) => bathe(random, `b${index}`), 11);
    const stage = new Rehearsal({ scenarios: [watersideWith({ coolDown: '0s' })] });
    perform(stage, visits, random, 0.1);

    expect(counts(stage)).toEqual([expected(visits), expected(visits)]);
  });

  it.each(seeds)('a vehicle is alerted to unless somebody is beside it all the time (seed %i)', (seed) => {
    const { next: random } = createSeededRandom(seed);
    const stops = actsOf(random, (index) => unload(random, `u${index}`), 21);
    const stage = new Rehearsal({ scenarios: [blockedLaneWith({ allowsAttended: true, coolDown: '0s' })] });
    perform(stage, stops, random, 0.1);

    expect(counts(stage)).toEqual([expected(stops), expected(stops)]);
  });
});
