import { expect, test } from 'vitest';
import { siteWith } from '../../test/fixtures/site.ts';
import { parseSite } from './read-site.ts';

const withTiles = (url: string): string =>
  siteWith(
    '  allowedNetworks:',
    `  map: { tiles: { url: "${url}", attribution: 天地图, maxZoom: 18, coordinates: cgcs2000 } }\n  allowedNetworks:`,
  );
const messages = (url: string): string =>
  parseSite(withTiles(url))
    .problems.map(({ message }) => message)
    .join();

test.each([
  'https://tiles.example/{z}/{x}/{y}.png',
  'http://192.168.1.5:8080/tms/{z}/{x}/{-y}.png',
  '/tiles/{z}/{x}/{y}.png',
  'https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk=1',
])('takes tiles from %s', (url) => {
  expect(messages(url)).toBe('');
});

test.each([
  ['https://tiles.example/{z}/{x}.png', 'must have {z}, {x} and {y}'],
  ['https://tiles.example/{z}/{x}/{y}/{quadkey}', 'must have {z}, {x} and {y}'],
  ['https://{x}.example/{z}/{y}.png', 'must name one host'],
  ['ftp://tiles.example/{z}/{x}/{y}', "the scheme 'ftp' is not allowed"],
  ['//tiles.example/{z}/{x}/{y}', 'not an address'],
  ['https://wang:pw@tiles.example/{z}/{x}/{y}', 'holds a user name or password'],
  ['https://tiles.example/{z}/{x}/{y}?token=1', 'looks like a secret'],
])('refuses tiles from %s', (url, message) => {
  expect(messages(url)).toContain(message);
});

test('takes a map without tiles, and refuses one that begins outside the earth', () => {
  const withMap = (map: string) =>
    parseSite(siteWith('  allowedNetworks:', `  map: ${map}\n  allowedNetworks:`));

  expect(withMap('{ centre: { longitude: 111.6, latitude: 26.3 }, zoom: 13 }').problems).toEqual([]);
  expect(withMap('{ centre: { longitude: 111.6, latitude: 96.3 } }').problems).not.toEqual([]);
});
