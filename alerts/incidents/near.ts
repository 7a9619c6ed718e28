import type { Camera } from '../../core/schema/camera.ts';

/** Where a camera stands, as far as anybody has said. */
export type Spot = Pick<Camera, 'place' | 'installation' | 'location'>;

/** Cameras this close look at the same street or square. */
const nearMetres = 150;
/** Mean radius (IUGG). */
const earthRadiusMetres = 6_371_009;
const villageDigits = 12;
const townshipDigits = 9;

/**
 * How two cameras stand to each other: `near` at one installation of a township or within 150 m, `village` where only
 * their village is known to be the same.
 */
export const nearness = (a: Spot, b: Spot): 'near' | 'village' | 'apart' => {
  if (a.installation !== undefined && a.installation === b.installation && townshipOf(a) === townshipOf(b))
    return 'near';
  if (a.location && b.location) return metresBetween(a.location, b.location) <= nearMetres ? 'near' : 'apart';
  return a.place.length === villageDigits && a.place === b.place ? 'village' : 'apart';
};

/** Every township has a school. */
const townshipOf = ({ place }: Spot): string => place.slice(0, townshipDigits);

type Location = NonNullable<Camera['location']>;

/** Along a great circle (haversine). */
const metresBetween = (a: Location, b: Location): number => {
  const halfLatitude = radians(b.latitude - a.latitude) / 2;
  const halfLongitude = radians(b.longitude - a.longitude) / 2;
  const chord =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(halfLongitude) ** 2;
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(chord)));
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
