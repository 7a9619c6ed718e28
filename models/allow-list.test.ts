import { describe, expect, it } from 'vitest';
import { labels } from '../core/schema/label.ts';
import { excludedMeaning, toAllowedLabel } from './allow-list.ts';
import manifest from './manifest.json' with { type: 'json' };

describe('allow-list', () => {
  it.each([
    ['face', 'a face'],
    ['Human_Face', 'a face'],
    ['faceBox', 'a face'],
    ['ＦＡＣＥ', 'a face'],
    ['f-a-c-e', 'a face'],
    ['人脸', 'a face'],
    ['licence_plate', 'a number plate'],
    ['NumberPlate2', 'a number plate'],
    ['车牌', 'a number plate'],
    ['ocr', 'text'],
    ['char', undefined],
    ['characters', 'text'],
    ['embedding', 'an embedding'],
    ['feature_128', 'an embedding'],
    ['person-ReID', 'an identity'],
    ['gender', 'an age or a sex'],
    ['Woman', 'an age or a sex'],
    ['age', 'an age or a sex'],
    ['elderly person', 'an age or a sex'],
    ['ethnicity', 'an origin, a belief or a condition of a person'],
    ['emotion', 'a feeling'],
    ['long_sleeve', 'what a person wears'],
    ['clothing', 'what a person wears'],
    ['keypoints', "a body's pose"],
    ['left_elbow', "a body's pose"],
  ])('reads %s as %s', (name, meaning) => {
    expect(excludedMeaning(name)).toBe(meaning);
  });

  it.each([
    'surface',
    'template',
    'garage',
    'carriage',
    'human',
    'truck',
    'output',
    'heatmap',
    'wh',
    'fire',
    '',
  ])('lets %j pass', (name) => {
    expect(excludedMeaning(name)).toBeUndefined();
  });

  it('lets every class of COCO and every allowed label pass', () => {
    const names = [...manifest.labelSets['coco-80'].names, ...labels];

    expect(names.filter((name) => excludedMeaning(name) !== undefined)).toEqual([]);
  });

  it('keeps an allowed class and drops any other, also one that is called as a property of objects', () => {
    expect(['person', 'toothbrush', 'constructor', 'Person'].map(toAllowedLabel)).toEqual([
      'person',
      null,
      null,
      null,
    ]);
  });
});
