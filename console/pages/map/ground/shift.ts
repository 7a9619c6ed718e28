import gcoord from 'gcoord';
import type { MapCoordinates } from '../../../../core/schema/map.ts';

/** Longitude and latitude in degrees. */
export type LonLat = [number, number];

/**
 * A WGS-84 position as a map in `system` has it. Of CGCS2000 the difference is some centimetres, less than a pixel at any
 * zoom: it is taken as it is. Outside China GCJ-02 is WGS-84.
 */
export const toMap = ([longitude, latitude]: LonLat, system: MapCoordinates): LonLat =>
  system === 'gcj02'
    ? gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.GCJ02)
    : [longitude, latitude];

/** The way back. */
export const fromMap = ([longitude, latitude]: LonLat, system: MapCoordinates): LonLat =>
  system === 'gcj02'
    ? gcoord.transform([longitude, latitude], gcoord.GCJ02, gcoord.WGS84)
    : [longitude, latitude];
