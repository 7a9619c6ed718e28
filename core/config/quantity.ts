import { durationUnitMs } from '../schema/duration-units.ts';
import { configError } from './errors.ts';

const durationUnits = new Map<string, number>(Object.entries(durationUnitMs));

const sizeUnits = new Map([
  ['KB', 1024],
  ['MB', 1024 ** 2],
  ['GB', 1024 ** 3],
  ['TB', 1024 ** 4],
]);

const parseQuantity = (text: string, units: ReadonlyMap<string, number>, example: string): number => {
  const [, digits = '', unit = ''] = /^(\d+)([A-Za-z]+)$/.exec(text) ?? [];
  const factor = units.get(unit);
  if (!digits || factor === undefined) {
    throw configError('config-invalid', `'${text}' is not a quantity such as ${example}`, { value: text });
  }
  return Number(digits) * factor;
};

/** `500ms`, `5s`, `3m`, `12h`, `30d` → milliseconds. Throws `config-invalid`. */
export const parseDuration = (text: string): number => parseQuantity(text, durationUnits, '5s or 30d');

/** `512MB`, `20GB` → bytes, in powers of 1024. Throws `config-invalid`. */
export const parseSize = (text: string): number => parseQuantity(text, sizeUnits, '512MB or 20GB');
