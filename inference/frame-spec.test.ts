import { expect, test } from 'vitest';
import { centernetCard, yoloxNanoCard } from '../test/fixtures/inference/cards.ts';
import { frameSpecOf, isSameFrameSpec } from './frame-spec.ts';

test('asks for frames as the model reads them', () => {
  expect(frameSpecOf(yoloxNanoCard)).toEqual({ width: 416, height: 416, fit: 'letterbox', pixel: 'bgr' });
  expect(frameSpecOf(centernetCard)).toEqual({ width: 512, height: 512, fit: 'stretch', pixel: 'rgb' });
});

test.each([
  [{}, true],
  [{ width: 320 }, false],
  [{ height: 320 }, false],
  [{ fit: 'stretch' as const }, false],
  [{ pixel: 'rgb' as const }, false],
])('tells whether slots made with %o will do', (change, isSame) => {
  const spec = frameSpecOf(yoloxNanoCard);

  expect(isSameFrameSpec(spec, { ...spec, ...change })).toBe(isSame);
});
