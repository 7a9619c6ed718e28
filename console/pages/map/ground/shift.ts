import gcoord from 'gcoord';
import type { MapCoordinates } from '../../../../core/schema/map.ts';

// Its declarations say that what it exports by default has a `default`, which it does not.
const { transform, WGS84, GCJ02 } = gcoord as unknown as typeof gcoord.default;

/** Longitude and latitude in degrees. */
export type LonLat = [number, number];

/**
 * A WGS-84 position as a map in `system` has it. Of CGCS2000 the difference is some centimetres, less than a pixel at any
 * zoom: it is taken as it is. Outside China GCJ-02 is WGS-84.
 */
export const toMap = ([longitude, latitude]: LonLat, system: MapCoordinates): LonLat =>
  system === 'gcj02' ? transform([longitude, latitude], WGS84, GCJ02) : [longitude, latitude];

/** The way back. */
export const fromMap = ([longitude, latitude]: LonLat, system: MapCoordinates): LonLat =>
  system === 'gcj02' ? transform([longitude, latitude], GCJ02, WGS84) : [longitude, latitude];
