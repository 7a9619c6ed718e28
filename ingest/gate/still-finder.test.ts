import { describe, expect, it } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { type Change, PaintedScene, withBox, withShade } from '../../test/fixtures/ingest/painted-scene.ts';
import { StillFinder } from './still-finder.ts';

const plain: Change = (level) => level;
const both =
  (one: Change, other: Change): Change =>
  (level, x, y) =>
    other(one(level, x, y), x, y);
const dimmed: Change = (level) => level * 0.6;
const infrared: Change = (level, x, y) => 255 - level * ((x + y) % 2 === 0 ? 1 : 0.4);

/** A finder that is shown a painted street, a picture every two seconds. */
class Street {
  readonly scene: PaintedScene;
  readonly finder = new StillFinder({ minSize: 0.04 });
  latest: ReturnType<StillFinder['look']> | undefined;
  #ptsUs = 5e12;

  constructor(seed = 3) {
    this.scene = new PaintedScene(seed);
    this.show(60, plain);
  }

  show(seconds: number, change: Change): this {
    return this.play(seconds, () => change);
  }

  play(seconds: number, script: (second: number) => Change): this {
    for (let second = 0; second < seconds; second += 2) {
      this.latest = this.finder.look(this.scene.show(script(second)), this.#ptsUs);
      this.#ptsUs += 2e6;
    }
    return this;
  }

  get still() {
    return this.latest?.still ?? [];
  }
}

describe('StillFinder', () => {
  it('finds a thing that lies in the road, where it is and for how long', () => {
    const street = new Street().show(60, withBox(60, 70));

    const [thing] = street.still;
    expect(street.still).toHaveLength(1);
    expect(thing?.stillMs).toBeGreaterThan(40_000);
    expect(thing?.stillMs).toBeLessThanOrEqual(60_000);
    expect(thing?.box.x).toBeCloseTo(60 / 134, 1);
    expect(thing?.box.y).toBeCloseTo(70 / 100, 1);
    expect(thing?.size).toBeCloseTo(0.06, 1);
    expect(street.latest?.learnedMs).toBe(118_000);
  });

  it('finds it wherever it lies on whatever street, and nothing else', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    for (let round = 0; round < 5; round++) {
      const [left, top, side] = [random.whole(4, 120), random.whole(54, 88), random.whole(5, 10)];
      const street = new Street(seed + round).show(60, withBox(left, top, side));

      const said = `seed ${seed}, round ${round}`;
      expect(street.still, said).toHaveLength(1);
      expect(Math.abs((street.still[0]?.box.x ?? 0) - left / 134), said).toBeLessThan(0.02);
      expect(Math.abs((street.still[0]?.box.y ?? 0) - top / 100), said).toBeLessThan(0.02);
    }
  });

  it.each<[string, Change]>([
    ['nothing', plain],
    ['a shadow', withShade(40, 60, 30, 20, 0.6)],
    ['a faint shadow', withShade(40, 60, 12, 10, 0.8)],
    ['a sunny spot', withShade(40, 60, 30, 20, 1.5)],
    ['a thing too small', withBox(60, 70, 3)],
    ['half a road that is wet', withShade(0, 50, 134, 30, 0.7)],
    ['a cloud', dimmed],
  ])('makes nothing of %s', (_, change) => {
    const street = new Street().show(80, change);

    expect(street.still).toEqual([]);
  });

  it('makes nothing of what moves on', () => {
    const walking = (second: number): Change => withBox(10 + second, 70);

    expect(new Street().play(80, walking).still).toEqual([]);
  });

  it('makes nothing of a shadow that grows', () => {
    const growing = (second: number): Change => withShade(20, 60, 6 + second / 4, 16, 0.55);

    expect(new Street().play(160, growing).still).toEqual([]);
  });

  it('sees that it has gone, and takes nothing for it', () => {
    const street = new Street().show(60, withBox(60, 70)).show(30, plain);

    expect(street.still).toEqual([]);
  });

  it('sees that something has gone which was there from the beginning', () => {
    const street = new Street();
    const fresh = new StillFinder({ minSize: 0.04 });
    for (let second = 0; second < 60; second += 2)
      fresh.look(street.scene.show(withBox(60, 70)), second * 1e6);

    const gone = Array.from({ length: 20 }, (_, index) =>
      fresh.look(street.scene.show(), (60 + 2 * index) * 1e6),
    );

    expect(gone.flatMap((said) => said.still)).toEqual([]);
    expect(gone.flatMap((said) => said.gone)).toHaveLength(1);
  });

  it.each<[string, Change]>([
    ['a cloud comes', dimmed],
    ['the camera switches to infrared', infrared],
  ])('keeps it when %s', (_, change) => {
    const street = new Street().show(60, withBox(60, 70)).show(40, both(withBox(60, 70), change));

    expect(street.still).toHaveLength(1);
    expect(street.still[0]?.stillMs).toBeGreaterThan(80_000);
  });

  it('keeps it while others pass before it and lightning strikes', () => {
    const busy = (second: number): Change => {
      if (second % 30 === 28) return () => 250;
      return second % 10 === 0 ? both(withBox(60, 70), withBox(58, 68, 12)) : withBox(60, 70);
    };

    const street = new Street().show(60, withBox(60, 70)).play(60, busy);

    expect(street.still).toHaveLength(1);
    expect(street.still[0]?.stillMs).toBeGreaterThan(90_000);
  });

  it('begins anew when the stream has another size', () => {
    const street = new Street().show(60, withBox(60, 70));
    const small = { width: 67, height: 50, pixels: street.scene.show().pixels.slice(0, 3350) };

    expect(street.finder.look(small, 9e12)).toEqual({ still: [], gone: [], learnedMs: 0 });
  });
});
