import { describe, expect, it } from 'vitest';
import { tinyCard } from '../test/fixtures/tiny-model.ts';
import { loadManifest } from './manifest.ts';

const load = (value: unknown) => loadManifest([{ value, path: 'own/tiny.card.json' }]);

describe('checkCard', () => {
  it.each(['face', 'number plate', 'text', 'embedding', 'gender', 'woman', 'emotion', '人脸'])(
    'refuses a model that knows the class %s, even when it would never be reported',
    (name) => {
      const labels = { names: ['person', name] };

      expect(() => load({ ...tinyCard(), labels })).toThrow(
        expect.objectContaining({ code: 'model-refused' }),
      );
    },
  );

  it('refuses an excluded class also under a harmless name', () => {
    const labels = { names: ['person', 'face'], as: { face: 'person' } };

    expect(() => load({ ...tinyCard(), labels })).toThrow(/speaks of a face/);
  });

  it.each(['face_embedding', 'age', 'keypoints'])('refuses a tensor called %s', (name) => {
    const { output } = tinyCard();

    expect(() =>
      load({ ...tinyCard(), output: { ...output, tensors: [{ name, shape: [1, 21, 7] }] } }),
    ).toThrow(expect.objectContaining({ code: 'model-refused' }));
  });

  it.each([
    ['more numbers a box than classes', [{ name: 'output', shape: [1, 21, 7 + 128] }]],
    ['a second output', [tinyCard().output.tensors[0], { name: 'extra', shape: [1, 128] }]],
    ['a flat output', [{ name: 'output', shape: [1, 128] }]],
  ])('refuses an output with %s, whatever it is called', (_, tensors) => {
    const { output } = tinyCard();

    expect(() => load({ ...tinyCard(), output: { ...output, tensors } })).toThrow(
      expect.objectContaining({ code: 'model-refused' }),
    );
  });

  it('refuses a decoder that does not exist', () => {
    const { output } = tinyCard();

    expect(() => load({ ...tinyCard(), output: { ...output, decoder: 'arcface' } })).toThrow(/decoder/);
  });

  it('refuses a model that knows nothing that may be reported', () => {
    const labels = { names: ['toothbrush', 'vase'] };

    expect(() => load({ ...tinyCard(), labels })).toThrow(/none of its classes/);
  });
});
