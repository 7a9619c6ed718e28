import { type Static, Type } from 'typebox';
import { type DurationUnit, durationUnitMs } from './duration-units.ts';
import { ulidPattern } from './ulid.ts';

/** A camera's, scenario's or zone's name: safe as a NATS token, a path segment and a metric label. */
export const ResourceId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  description: 'lower-case letters, digits and hyphens, at most 63 characters',
});
export type ResourceId = Static<typeof ResourceId>;

/** ULID: its first ten characters are the time the alert was raised. */
export const AlertId = Type.String({ pattern: ulidPattern.source, description: 'a ULID' });
export type AlertId = Static<typeof AlertId>;

/** Statistical division code: prefecture 4 digits, county 6, township 9, village 12. */
export const PlaceCode = Type.String({
  pattern: '^\\d{4}(\\d{2}(\\d{3}(\\d{3})?)?)?$',
  description: 'a statistical division code of 4, 6, 9 or 12 digits',
});
export type PlaceCode = Static<typeof PlaceCode>;

/** A place that a camera can stand in: a village or community, or the township itself. */
export const CameraPlace = Type.String({
  pattern: '^\\d{9}(\\d{3})?$',
  description: 'a township (9 digits) or village (12 digits) division code',
});

/** GB/T 28181 device code. */
export const GbCode = Type.String({ pattern: '^\\d{20}$', description: 'a 20-digit GB/T 28181 code' });

/** Milliseconds since 1970-01-01 UTC. */
export const Instant = Type.Integer({ minimum: 0, description: 'milliseconds since 1970-01-01 UTC' });

/** A length of time as people write it: `500ms`, `5s`, `3m`, `12h`, `30d`. */
export const Duration = Type.String({
  pattern: '^\\d+(ms|s|m|h|d)$',
  description: 'a duration such as 500ms, 5s, 3m, 12h or 30d',
});

/** What a regular expression says of whole numbers from 0 to `most`. JSON Schema knows no greatest text. */
const upTo = (most: number): string => {
  const digits = String(most);
  const shorter = digits.length > 1 ? [`\\d{1,${digits.length - 1}}`] : [];
  const smaller = [...digits].flatMap((digit, at) => {
    const rest = digits.length - at - 1;
    const first = digit === '1' ? '0' : `[0-${Number(digit) - 1}]`;
    return digit === '0' ? [] : [`${digits.slice(0, at)}${first}${rest > 0 ? `\\d{${rest}}` : ''}`];
  });
  return [...shorter, ...smaller, digits].join('|');
};

/** A duration of at most so long: `1h`, `7d`. */
export const durationUpTo = (amount: number, unit: DurationUnit) => {
  const most = amount * durationUnitMs[unit];
  const units = Object.entries(durationUnitMs).map(
    ([name, ms]) => `0*(${upTo(Math.floor(most / ms))})${name}`,
  );
  return Type.String({
    pattern: `^(${units.join('|')})$`,
    maxLength: 16,
    description: `a duration such as 500ms, 5s or 3m, at most ${amount}${unit}`,
    'x-longest': `${amount}${unit}`,
  });
};

/** A number of bytes as people write it: `512MB`, `20GB` (powers of 1024). */
export const Size = Type.String({
  pattern: '^\\d+(KB|MB|GB|TB)$',
  description: 'a size such as 512MB or 20GB',
});

/** A day by the wall calendar of the site's time zone. */
export const CalendarDate = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: 'a date such as 2026-10-01',
});
