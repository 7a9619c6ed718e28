import { expect, test } from 'vitest';
import type { CameraPositions } from '../../../../api/schema/map-views.ts';
import { type SpotSources, toSpots } from './spots.ts';

const village = '431103110201';
const states = ['live', 'live', 'live', 'lost', 'connecting', 'off', 'unknown'] as const;
const positions: CameraPositions = {
  ids: states.map((_, index) => `c-${index}`),
  names: states.map((_, index) => `机 ${index}`),
  places: states.map(() => village),
  longitudes: states.map((_, index) => (index === 6 ? null : 111.6)),
  latitudes: states.map((_, index) => (index === 6 ? null : 26.3)),
  states: [...states],
  unusable: [2],
  awake: [0],
};
const sources: SpotSources = { positions, marks: [], openAlerts: [], coordinates: 'wgs84' };

test('a camera stands on the map as it does', () => {
  expect(toSpots(sources).map(({ condition }) => condition)).toEqual([
    ...['awake', 'dormant', 'unusable', 'dead', 'dead', 'off', 'unknown'],
  ]);
});

test('a camera without a location is told of, but stands nowhere', () => {
  expect(toSpots(sources).map(({ at }) => at !== undefined)).toEqual([...Array(6).fill(true), false]);
});

test('a camera shows the severest of its open alerts and their number, and comes first', () => {
  const openAlerts = [
    { cameraId: 'c-3', severity: 'medium' as const },
    { cameraId: 'c-5', severity: 'low' as const },
    { cameraId: 'c-3', severity: 'urgent' as const },
    { cameraId: 'c-3', severity: 'high' as const },
    { cameraId: 'gone', severity: 'urgent' as const },
  ];

  expect(toSpots({ ...sources, openAlerts }).slice(0, 3)).toMatchObject([
    { id: 'c-3', severity: 'urgent', alerts: 3 },
    { id: 'c-5', severity: 'low', alerts: 1 },
    { id: 'c-0', alerts: 0 },
  ]);
});

test('on tiles in GCJ-02 everything is shifted alike', () => {
  const location = { longitude: 111.6, latitude: 26.3 };
  const marks = [{ kind: 'loudspeaker' as const, id: 'horn', name: '广播', place: village, location }];
  const spots = toSpots({ ...sources, marks, coordinates: 'gcj02' });

  expect(spots[0]?.at?.[0]).toBeGreaterThan(111.602);
  expect(spots.at(-1)).toMatchObject({ kind: 'loudspeaker', at: spots[0]?.at });
});
