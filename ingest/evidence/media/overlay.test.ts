import { describe, expect, it } from 'vitest';
import { toOverlay } from './overlay.ts';

describe('toOverlay', () => {
  it('draws a box where it is in the picture, over a dark line', () => {
    const svg = toOverlay(
      { boxes: [{ box: { x: 0.25, y: 0.5, w: 0.1, h: 0.2 }, label: 'person' }], outline: [] },
      640,
      480,
    );

    expect(svg.match(/<rect x="160.0" y="240.0" width="64.0" height="96.0"/g)).toHaveLength(2);
    expect(svg).toContain('stroke="#f0e442"');
    expect(svg).not.toContain('<polygon');
  });

  it('gives people and vehicles different colours and dashes the zone', () => {
    const box = { x: 0, y: 0, w: 1, h: 1 };
    const svg = toOverlay(
      {
        boxes: [
          { box, label: 'person' },
          { box, label: 'truck' },
          { box, label: 'dog' },
        ],
        outline: [
          [0, 0],
          [1, 0],
          [0.5, 1],
        ],
      },
      1280,
      720,
    );

    expect(new Set(svg.match(/#(f0e442|e69f00|cc79a7|56b4e9)/g)).size).toBe(4);
    expect(svg).toContain('points="0.0,0.0 1280.0,0.0 640.0,720.0" stroke="#56b4e9"');
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  });

  it('marks what has no label', () => {
    const svg = toOverlay({ boxes: [], marks: [{ x: 0.5, y: 0.5, w: 0.1, h: 0.2 }] }, 640, 480);

    expect(svg.match(/<rect x="320.0" y="240.0" width="64.0" height="96.0"/g)).toHaveLength(2);
  });
});
