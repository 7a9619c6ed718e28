import type { Site } from '../schema/site.ts';
import { checkUrl } from './check-url.ts';
import type { Report } from './read-site.ts';

const path = ['site', 'map', 'tiles', 'url'];
const tiles = {
  schemes: ['https', 'http'],
  secretsBelong: 'every browser would see it; put a server of your own before the tiles that adds it',
};
/** What stands for a tile's level, column and row: XYZ (TMS counts rows from the south), and WMTS. */
const ways = ['x y z', '-y x z', 'TileCol TileMatrix TileRow'];

/** Checks where the map's tiles come from: the one host besides this API that a browser may ask. */
export const checkMap = ({ site }: Pick<Site, 'site'>, report: Report): void => {
  const url = site.map?.tiles?.url;
  if (url === undefined) return;
  const holes = [...url.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name).sort();
  if (!ways.includes(holes.join(' ')))
    report(path, `'${url}' must have {z}, {x} and {y}, or {TileMatrix}, {TileCol} and {TileRow}, once each`);
  if (/^\/(?![/\\])/.test(url)) return;
  if (/^[^/]*\/\/[^/?#]*[{}]/.test(url)) report(path, `'${url}' must name one host; write it without {}`);
  else checkUrl(url, tiles, path, report);
};
