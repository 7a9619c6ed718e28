import type { MapSettings } from '../../core/schema/map.ts';

/** The origin that a browser may load tiles from besides this API's own; '' when there is none. */
export const tileOrigin = (map: MapSettings | undefined): string => {
  const url = map?.tiles?.url;
  return url === undefined || !URL.canParse(url) ? '' : new URL(url).origin;
};
