import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Location } from './geometry.ts';

/** Systems in which tiles may be drawn. In CGCS2000 a point is within centimetres of where WGS-84 has it. */
export const mapCoordinates = ['wgs84', 'gcj02', 'cgcs2000'] as const;
export type MapCoordinates = (typeof mapCoordinates)[number];

const zoom = Type.Integer({ minimum: 1, maximum: 22 });

/** Pictures of the ground from a server of the site's own choice, in Web Mercator, 256 px wide. */
export const MapTiles = closed({
  url: Type.String({
    minLength: 7,
    maxLength: 1024,
    description:
      'https://, http:// or a path of this API, with {z}, {x} and {y} (XYZ) or {TileMatrix}, {TileCol} and {TileRow} (WMTS)',
  }),
  /** Whose they are, as their licence wants it shown. */
  attribution: Type.String({ minLength: 1, maxLength: 200 }),
  maxZoom: zoom,
  coordinates: Type.Enum(mapCoordinates),
});
export type MapTiles = Static<typeof MapTiles>;

/** How the console's map begins; without tiles it has a plain ground. */
export const MapSettings = closed({
  tiles: Type.Optional(MapTiles),
  centre: Type.Optional(Location),
  zoom: Type.Optional(zoom),
});
export type MapSettings = Static<typeof MapSettings>;
