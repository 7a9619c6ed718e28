import { expect, test } from 'vitest';
import { toTemplate } from './tile-template.ts';

test('the holes of WMTS are filled as those of XYZ', () => {
  expect(
    toTemplate('https://t.example/wmts?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}'),
  ).toBe('https://t.example/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}');
  expect(toTemplate('/tiles/{z}/{x}/{-y}.png')).toBe('/tiles/{z}/{x}/{-y}.png');
});
