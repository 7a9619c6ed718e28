import { boxAt, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';
import type { SeededRandom } from '../../test/fixtures/inference/seeded-random.ts';

/** One true situation from its beginning to its end, with its pauses, as a perfect tracker would see it. */
export interface Act {
  seconds: number;
  script: (second: number) => readonly Sketch[];
  /** How long nothing happens afterwards: longer than any cool-down, so that the next one is another. */
  pauseSeconds: number;
}

const inTurns = (random: SeededRandom, seconds: number, on: [number, number], off: [number, number]) => {
  const turns: [from: number, to: number][] = [];
  for (let at = 0; at < seconds; ) {
    const to = Math.min(seconds, at + random.between(...on));
    turns.push([at, to]);
    at = to + random.between(...off);
  }
  return (second: number): boolean => turns.some(([from, to]) => second >= from && second < to);
};

/** Somebody who stays at a zone for a while, and now and then steps out for up to forty seconds. */
export const visit = (random: SeededRandom): Act => {
  const seconds = random.between(20, 240);
  const isInside = inTurns(random, seconds, [12, 60], [1, 40]);
  const y = random.between(0.42, 0.6);
  return {
    seconds,
    pauseSeconds: random.between(200, 500),
    script: (second) => {
      const x = isInside(second) ? 0.5 + 0.12 * Math.sin(second / 4) : 0.2 + 0.04 * Math.sin(second);
      return [{ trackId: 'visitor', box: boxAt(x, y) }];
    },
  };
};

/** A crowd of which most leave for up to a minute now and then, to come back. */
export const gathering = (random: SeededRandom): Act => {
  const seconds = random.between(40, 400);
  const isGathered = inTurns(random, seconds, [20, 120], [2, 60]);
  const places = Array.from({ length: random.whole(7, 20) }, () => [
    random.between(0.33, 0.67),
    random.between(0.38, 0.67),
  ]);
  return {
    seconds,
    pauseSeconds: random.between(300, 700),
    script: (second) =>
      places
        .slice(0, isGathered(second) ? places.length : 2)
        .map(([x = 0, y = 0], index) => ({ trackId: `p${index}`, box: boxAt(x, y, 0.03, 0.1) })),
  };
};

const drivesSeconds = 4;

/**
 * A vehicle that drives into the lane, stands, is hidden by others, is not found at all for up to two minutes now and
 * then, and drives off.
 */
export const parking = (random: SeededRandom): Act => {
  const stands = random.between(100, 1200);
  const isLit = inTurns(random, stands, [90, 400], [5, 120]);
  const isFree = inTurns(random, stands, [20, 90], [1, 30]);
  const x = random.between(0.42, 0.58);
  const boxOf = (offset: number) => boxAt(x + offset, 0.6, 0.2, 0.15);
  const bus: Sketch = { trackId: 'bus', label: 'bus', box: boxAt(0.5, 0.9, 0.5, 0.6) };
  return {
    seconds: stands + 2 * drivesSeconds,
    pauseSeconds: random.between(400, 900),
    script: (second) => {
      const label = random.next() < 0.25 ? 'truck' : 'car';
      const stood = second - drivesSeconds;
      const gone = stood - stands;
      if (stood < 0 || gone > 0)
        return [{ trackId: 'car', label, box: boxOf(stood < 0 ? stood * 0.12 : gone * 0.15) }];
      if (!isLit(stood)) return [];
      if (!isFree(stood)) return [bus];
      return [{ trackId: 'car', label, box: boxOf(0), stillMs: 1 + stood * 1000 }];
    },
  };
};
