import { describe, expect, it } from 'vitest';
import type { CameraView } from '../../../../api/schema/camera-view.ts';
import { neighboursOf } from './neighbours.ts';

const camera = (id: string, place: string, east?: number): CameraView => ({
  ...{ id, name: id, place, state: 'live', isStatusStale: false, stream: { transport: 'tcp' } },
  register: { category: 'road', signPosted: true, filingNumber: 'f', owner: 'o' },
  ...(east === undefined ? {} : { location: { longitude: 111 + east, latitude: 26 } }),
});
const village = '431103110201';
const idsOf = (cameras: readonly CameraView[]): string[] => neighboursOf('a', cameras).map(({ id }) => id);

describe('the cameras near one', () => {
  it('are those within a kilometre, the nearest first', () => {
    const cameras = [camera('a', village, 0), camera('far', village, 0.02), camera('c', village, 0.004)];
    expect(idsOf([...cameras, camera('b', village, 0.001)])).toEqual(['b', 'c']);
  });

  it('are those of its village, then of its town, where nobody knows where they stand', () => {
    const cameras = [camera('a', village), camera('other', '431103111201'), camera('town', '431103110202')];
    expect(idsOf([...cameras, camera('near', village)])).toEqual(['near', 'town']);
  });

  it('are no cameras that are off, and none for a camera that is not known', () => {
    expect(idsOf([camera('a', village), { ...camera('b', village), state: 'off' }])).toEqual([]);
    expect(neighboursOf('x', [camera('a', village)])).toEqual([]);
  });
});
