import { afterEach, expect, test } from 'vitest';
import type { CameraView } from '../../api/schema/camera-view.ts';
import { cameras } from '../http/site.ts';
import { zoneOf } from './zone-name.ts';

afterEach(() => {
  cameras.value = [];
});

test('a zone is named as its camera names it, while both are known', () => {
  cameras.value = [
    { id: 'gate-1', zones: [{ id: 'lawn', name: '草坪', polygon: [] }] } as unknown as CameraView,
  ];

  expect(zoneOf({ cameraId: 'gate-1', zoneId: 'lawn' })).toBe('草坪');
  expect(zoneOf({ cameraId: 'gate-1', zoneId: 'gone' })).toBeUndefined();
  expect(zoneOf({ cameraId: 'gate-2', zoneId: 'lawn' })).toBeUndefined();
  expect(zoneOf({ cameraId: 'gate-1' })).toBeUndefined();
});
