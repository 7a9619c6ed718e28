import { describe, expect, it } from 'vitest';
import { tinyCard } from '../test/fixtures/tiny-model.ts';
import manifest from './manifest.json' with { type: 'json' };
import { loadManifest } from './manifest.ts';

const load = (value: unknown) => loadManifest([{ value, path: 'own/tiny.card.json' }]);

const modelOf = (id: string) => {
  const model = loadManifest().find(({ card }) => card.id === id);
  if (!model) throw new RangeError(`the manifest has no model '${id}'`);
  return model;
};

describe('loadManifest', () => {
  it('has one recommended model and one fallback', () => {
    const ids = (role: string) =>
      loadManifest().flatMap((model) => (model.role === role ? model.card.id : []));

    expect(ids('recommended')).toEqual(['yolox-nano-416']);
    expect(ids('fallback')).toEqual(['centernet-mobilenetv3-512']);
  });

  it('names only models that exist as variants', () => {
    const models = loadManifest();

    for (const { variantOf } of models.filter((model) => model.variantOf !== undefined))
      expect(models.map(({ card }) => card.id)).toContain(variantOf);
  });

  it('keeps of the fallback exactly the channels of its labels', () => {
    const { npm, classNames } = modelOf('centernet-mobilenetv3-512');
    const coco = manifest.labelSets['coco-80'].names;

    expect(npm?.outputs[0]?.channels?.map((channel) => coco[channel])).toEqual(classNames);
  });

  it('reports no class outside the allow-list', () => {
    const { card, classNames } = modelOf('yolox-nano-416');

    expect(card.labels[0]).toBe('person');
    expect(card.labels[classNames.indexOf('toothbrush')]).toBeNull();
    expect(card.labels.filter((label) => label !== null)).toHaveLength(12);
  });

  it("adds an operator's model, reporting a class under the name its card gives it", () => {
    const own = tinyCard();

    const models = load({ ...own, labels: { names: ['walker', 'crate'], as: { walker: 'person' } } });

    expect(models.at(-1)).toMatchObject({
      ownCardPath: 'own/tiny.card.json',
      card: { labels: ['person', null] },
    });
  });

  it('refuses a card of an id that is taken', () => {
    expect(() => load({ ...tinyCard(), id: 'yolox-nano-416' })).toThrow(
      /own\/tiny.card.json.*already a model/,
    );
  });

  it.each(['../tiny.onnx', '/etc/tiny.onnx', 'tiny.bin', 'a/b.onnx'])(
    'refuses the file name %s',
    (fileName) => {
      expect(() => load({ ...tinyCard(), fileName })).toThrow(/fileName/);
    },
  );

  it('tells everything that is wrong with a card', () => {
    const { licence: _, ...rest } = tinyCard();

    const attempt = () => load({ ...rest, sizeBytes: 0, extra: 1 });

    expect(attempt).toThrow(/licence/);
    expect(attempt).toThrow(/additional/);
    expect(attempt).toThrow(/sizeBytes/);
  });
});
