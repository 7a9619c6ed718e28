import { expect, test } from 'vitest';
import type { Scenario } from '../../core/schema/scenario.ts';
import { cameraWith, intrusionWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { pictureWishOf } from './picture-wish.ts';

const obstacle = (change: object = {}): Scenario => ({
  ...{ id: 'o', name: 'o', kind: 'roadObstacle', cameras: ['gate-1'], zone: 'zone-1' },
  ...{ severity: 'low', dwell: '60s' },
  ...change,
});

test.each<[string, Scenario[], number | undefined]>([
  [
    'nothing where nothing looks for debris',
    [intrusionWith(), obstacle({ obstacles: ['vehicle'] })],
    undefined,
  ],
  ['nothing for another camera', [obstacle({ cameras: ['gate-2'] })], undefined],
  ['nothing for a zone that the camera lacks', [obstacle({ zone: 'zone-2' })], undefined],
  ['a twenty-fifth unless said', [obstacle()], 0.04],
  ['the smallest', [obstacle({ minSize: 0.1 }), obstacle({ minSize: 0.06 })], 0.06],
])('wants of the pictures %s', (_, scenarios, minSize) => {
  const wish = minSize === undefined ? undefined : { minSize };

  expect(pictureWishOf(cameraWith(), scenarios)).toEqual(wish);
});
