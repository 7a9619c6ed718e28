const names: Readonly<Record<string, string>> = { TileMatrix: '{z}', TileRow: '{y}', TileCol: '{x}' };

/** A template as the map library reads it: the holes of WMTS named as those of XYZ. */
export const toTemplate = (url: string): string =>
  url.replace(/\{(TileMatrix|TileRow|TileCol)\}/g, (_, name: string) => names[name] ?? '');
