import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { Zone } from '../../core/schema/camera.ts';
import { Scenario } from '../../core/schema/scenario.ts';
import { clipSeconds } from './camera-recipe.ts';
import { demoCameras } from './cameras.ts';

const footage = { width: 768, height: 576, seconds: 79.5 };

describe('demoCameras', () => {
  it('has at least eight cameras with different names, views and lengths of the round', () => {
    expect(demoCameras.length).toBeGreaterThanOrEqual(8);
    for (const key of ['id', 'crop'] as const) {
      expect(new Set(demoCameras.map((camera) => JSON.stringify(camera[key]))).size).toBe(demoCameras.length);
    }
    const lengths = demoCameras.map((camera) => Math.round(clipSeconds(camera)));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(150);
    expect(new Set(lengths).size).toBeGreaterThan(8);
  });

  it('watches for each kind of scenario', () => {
    const kinds = demoCameras.flatMap((camera) => camera.scenarios).map(({ kind }) => kind);

    expect(new Set(kinds)).toEqual(new Set(['intrusion', 'crowd', 'blockedLane']));
  });

  it.each(demoCameras)('$id begins and ends with nobody in view', ({ stretches }) => {
    expect(stretches.at(0)?.kind).toBe('empty');
    expect(stretches.at(-1)?.kind).toBe('empty');
  });

  it.each(demoCameras)(
    '$id is cut from inside the footage in even pixels',
    ({ crop, picture, stretches }) => {
      expect(crop.x + crop.width).toBeLessThanOrEqual(footage.width);
      expect(crop.y + crop.height).toBeLessThanOrEqual(footage.height);
      expect(
        [...Object.values(crop), ...Object.values(picture)].filter((pixels) => pixels % 2 !== 0),
      ).toEqual([]);
      expect(crop.width / crop.height).toBeCloseTo(picture.width / picture.height, 1);
      for (const stretch of stretches) {
        if (stretch.kind === 'live') expect(stretch.toSeconds).toBeLessThanOrEqual(footage.seconds);
      }
    },
  );

  it.each(demoCameras)(
    '$id suggests scenarios and zones that the schemas accept',
    ({ id, zones, scenarios }) => {
      const zoneIds = zones.map((zone) => zone.id);

      expect(zones.filter((zone) => !Compile(Zone).Check(zone))).toEqual([]);
      for (const scenario of scenarios) {
        expect(Compile(Scenario).Check({ ...scenario, cameras: [id] })).toBe(true);
        expect(zoneIds).toContain('zone' in scenario ? scenario.zone : undefined);
      }
    },
  );
});
