import { describe, expect, it } from 'vitest';
import type { Box } from '../../core/schema/geometry.ts';
import { randomFrom } from '../../test/fixtures/api/alert-events.ts';
import { coveredArea } from './covered-area.ts';

const unit: Box = { x: 0, y: 0, w: 1, h: 1 };

describe('coveredArea', () => {
  it.each<[string, Box[], number]>([
    ['nothing', [], 0],
    ['one box', [{ x: 0.1, y: 0.2, w: 0.5, h: 0.4 }], 0.2],
    ['the same box twice', [unit, unit], 1],
    ['a box in another', [unit, { x: 0.4, y: 0.4, w: 0.1, h: 0.1 }], 1],
    [
      'two apart',
      [
        { x: 0, y: 0, w: 0.2, h: 0.2 },
        { x: 0.5, y: 0.5, w: 0.1, h: 0.1 },
      ],
      0.05,
    ],
    [
      'two that share a corner',
      [
        { x: 0, y: 0, w: 0.2, h: 0.2 },
        { x: 0.1, y: 0.1, w: 0.2, h: 0.2 },
      ],
      0.07,
    ],
  ])('counts what %s covers', (_, boxes, area) => {
    expect(coveredArea(boxes)).toBeCloseTo(area, 12);
  });

  it('agrees with counting cells', () => {
    const seed = 20_261_125;
    const random = randomFrom(seed);
    const cells = 40;
    for (let run = 0; run < 200; run++) {
      const boxes = Array.from({ length: Math.floor(random() * 12) }, () => {
        const [x, y] = [Math.floor(random() * 30), Math.floor(random() * 30)];
        const [w, h] = [1 + Math.floor(random() * 10), 1 + Math.floor(random() * 10)];
        return { x: x / cells, y: y / cells, w: w / cells, h: h / cells };
      });
      const isCovered = (px: number, py: number): boolean =>
        boxes.some(({ x, y, w, h }) => px > x && px < x + w && py > y && py < y + h);
      const centres = Array.from({ length: cells }, (_, index) => (index + 0.5) / cells);
      const counted = centres.flatMap((px) => centres.filter((py) => isCovered(px, py))).length / cells ** 2;

      expect(coveredArea(boxes), `seed ${seed}, run ${run}`).toBeCloseTo(counted, 9);
    }
  });
});
