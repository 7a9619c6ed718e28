import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { type Change, PaintedScene } from '../../test/fixtures/ingest/painted-scene.ts';
import type { Luma } from './luma-gate.ts';
import { PictureJudge } from './picture-judge.ts';

const startAt = Date.UTC(2026, 0, 5, 12);

const stepMs = 15_000;

/** A judge that is shown the pictures that it judges, and none of those between. */
class Court {
  readonly scene = new PaintedScene(7);
  elapsedMs = 0;
  readonly judge = new PictureJudge({
    now: () => startAt + this.elapsedMs,
    monotonic: () => this.elapsedMs,
  });

  show(minutes: number, picture: (second: number) => Luma): this {
    for (let passedMs = 0; passedMs < minutes * 60_000; passedMs += stepMs) {
      this.judge.look(picture(passedMs / 1000));
      this.elapsedMs += stepMs;
    }
    return this;
  }

  /** A camera whose picture has been well for so long. */
  well(minutes = 10): this {
    return this.show(minutes, () => this.scene.show());
  }

  changed(minutes: number, change: Change, noise?: number): this {
    return this.show(minutes, () => this.scene.show(change, noise));
  }

  get condition(): string | undefined {
    return this.judge.fault?.condition;
  }
}

const black: Change = () => 2;
const cloth: Change = (_level, x) => 60 + x / 20;
const night: Change = (level) => level * 0.2;
const infrared: Change = (level, x, y) => 250 - level * ((x + y) % 2 === 0 ? 0.9 : 0.8);
const fog =
  (contrast: number): Change =>
  (level) =>
    180 + (level - 120) * contrast;

describe('PictureJudge', () => {
  it.each<[string, (court: Court) => Change, string]>([
    ['a lens that is covered', () => cloth, 'covered'],
    ['a lens that is sprayed white', () => () => 235, 'covered'],
    ['darkness without anything to be seen', () => black, 'dark'],
    ['a lens out of focus', ({ scene }) => scene.blurred(2), 'blurred'],
    ['a camera that was turned', ({ scene }) => scene.turned(12), 'moved'],
  ])('says of %s what is wrong, and that it is over', (_, change, condition) => {
    const court = new Court().well();
    const wrongSince = startAt + court.elapsedMs;

    court.changed(4, change(court));
    expect(court.condition).toBe(condition);
    const since = court.judge.fault?.since ?? 0;
    expect(since - wrongSince).toBeLessThanOrEqual(2 * stepMs);
    court.well(1);

    expect(court.condition).toBeUndefined();
  });

  it('says of a picture that stands still that it is frozen, and since when, though a clock runs over it', () => {
    const court = new Court().well();
    const frozen = court.scene.show();
    const since = startAt + court.elapsedMs;

    court.show(3, (second) => {
      const pixels = Uint8Array.from(frozen.pixels);
      pixels.fill(second % 30 === 0 ? 255 : 0, 134 * 3 + 100, 134 * 3 + 106);
      return { ...frozen, pixels };
    });

    expect(court.condition).toBe('frozen');
    expect((court.judge.fault?.since ?? 0) - since).toBeLessThanOrEqual(2 * stepMs);
  });

  it.each<[string, (court: Court) => Change, number?]>([
    ['night', () => night],
    ['a dark night with much noise', () => (level) => level * 0.12, 8],
    ['infrared', () => infrared],
    ['fog', () => fog(0.3)],
    ['thick fog', () => fog(0.1)],
    ['a brighter exposure', () => (level) => level * 1.3 + 10],
    ['rain all over', () => (level) => level, 25],
    ['a camera that shakes by half a cell', ({ scene }) => scene.turned(1)],
  ])('takes %s for what it is', (_, change, noise) => {
    const court = new Court().well();

    court.changed(10, change(court), noise);

    expect(court.condition).toBeUndefined();
  });

  it('follows fog that closes in until nothing is to be seen', () => {
    const court = new Court().well();

    court.show(30, (second) => court.scene.show(fog(Math.max(0.02, 1 - second / 1500))));

    expect(court.condition).toBeUndefined();
  });

  it.each<[string, number, Change]>([
    ['headlights', 1, () => 250],
    ['somebody before the lens', 2, cloth],
    ['a lamp that goes off and on', 3, black],
  ])('says nothing of %s for some seconds', (_, pictures, change) => {
    const court = new Court().well();
    const said = new Set<string | undefined>();

    for (let time = 0; time < 4; time++) {
      court.changed((pictures * stepMs) / 60_000, change);
      said.add(court.condition);
      court.well(1.5);
      said.add(court.condition);
    }

    expect([...said]).toEqual([undefined]);
  });

  it('does not take a drawing without noise for frozen before half an hour', () => {
    const court = new Court();
    const card = court.scene.show(undefined, 0);

    court.show(29, () => card);
    expect(court.condition).toBeUndefined();
    court.show(3, () => card);

    expect(court.condition).toBe('frozen');
  });

  it('says the worst alone, and then what is left', () => {
    const court = new Court().well();
    const turned = court.scene.turned(12);

    court.changed(4, turned).changed(3, black);
    expect(court.condition).toBe('dark');
    court.changed(4, turned);

    expect(court.condition).toBe('moved');
  });

  it('takes a view that lasts for a day for the new one', () => {
    const court = new Court().well();

    court.changed(4, court.scene.turned(12));
    expect(court.condition).toBe('moved');
    court.elapsedMs += 24 * 3_600_000;
    court.changed(10, court.scene.turned(12));

    expect(court.condition).toBeUndefined();
    expect(court.well(4).condition).toBe('moved');
  });

  it('begins anew when the stream has another size', () => {
    const court = new Court().well().changed(4, cloth);

    court.show(2, () => ({ width: 67, height: 50, pixels: court.scene.show().pixels.slice(0, 3350) }));

    expect(court.condition).toBeUndefined();
  });

  it('says nothing of any street by day and night', () => {
    const seed = freshSeed();
    for (let street = seed; street < seed + 4; street++) {
      const scene = new PaintedScene(street);
      const court = new Court().show(5, () => scene.show());
      const hours: Change[] = [night, infrared, fog(0.4), (level) => level * 1.2];
      for (const change of hours) {
        court.show(4, () => scene.show(change));
        expect(court.condition, `seed ${street}`).toBeUndefined();
      }
    }
  });
});
