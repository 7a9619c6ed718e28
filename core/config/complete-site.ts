/** Never connected to: whoever leaves the section out only looks at files. */
const standIn = { id: 'part', name: 'part', allowedNetworks: ['127.0.0.0/8'] };
/** Digits of a prefecture's code, the widest that a site can be. */
const prefectureDigits = 4;

/**
 * A site document with the sections `site` and `places` made up from its cameras where they are missing, so that a file
 * of cameras and scenarios alone can be checked and used as a site's file is.
 */
export const completeSite = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const codes = placesOf((value as Record<string, unknown>)['cameras']);
  const [first = ''] = codes;
  return {
    site: { ...standIn, place: first.slice(0, prefectureDigits) },
    places: codes.map((code) => ({ code, name: code })),
    ...value,
  };
};

const placesOf = (cameras: unknown): string[] => {
  if (!Array.isArray(cameras)) return [];
  const places = cameras.map((camera: unknown) => (camera as { place?: unknown } | null)?.place);
  return [...new Set(places.filter((place) => typeof place === 'string'))];
};
