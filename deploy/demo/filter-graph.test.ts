import { describe, expect, it } from 'vitest';
import { type CameraRecipe, clipSeconds } from './camera-recipe.ts';
import { cameraJob } from './filter-graph.ts';

const recipe: CameraRecipe = {
  id: 'gate',
  name: { zh: '门', en: 'Gate' },
  category: 'road',
  crop: { x: 10, y: 20, width: 160, height: 120 },
  picture: { width: 320, height: 240 },
  stretches: [
    { kind: 'empty', seconds: 5 },
    { kind: 'live', fromSeconds: 3, toSeconds: 7, holdSeconds: 1 },
    { kind: 'empty', seconds: 4 },
  ],
  zones: [],
  scenarios: [],
};
const files = { source: 'vtest.avi', plate: 'plate.png' };

describe('cameraJob', () => {
  it('takes the cross-fades off the length of the clip', () => {
    expect(clipSeconds(recipe)).toBe(12);
    expect(cameraJob(recipe, files).frames).toBe(300);
  });

  it('starts each cross-fade one second before the stretch ends', () => {
    const { graph } = cameraJob(recipe, files);

    expect(graph).toContain('[s0][s1]xfade=transition=fade:duration=1:offset=4.00[x1]');
    expect(graph).toContain('[x1][s2]xfade=transition=fade:duration=1:offset=8.00[x2]');
  });

  it('reads of the footage only what a live stretch shows', () => {
    const [, live] = cameraJob(recipe, files).inputs;

    expect(live).toEqual({ file: 'vtest.avi', options: ['-ss', '3', '-t', '4'] });
  });

  it('needs no cross-fade for a single stretch', () => {
    const { graph, frames } = cameraJob({ ...recipe, stretches: [{ kind: 'empty', seconds: 2 }] }, files);

    expect(graph).not.toContain('xfade');
    expect(frames).toBe(50);
  });
});
