import type { ByteRange } from '../../core/evidence.ts';
import { apiError } from '../errors.ts';

/**
 * The one range a `Range` header asks for (RFC 9110, 14.1). Undefined when all of it is to be sent: no header, another
 * unit, several ranges, or no range at all. Throws `range-unsatisfiable` when it lies beyond the end.
 */
export const parseByteRange = (header: string | undefined, sizeBytes: number): ByteRange | undefined => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  if (start < sizeBytes && start <= end) return { start, end };
  throw apiError('range-unsatisfiable', `the range '${header}' lies outside the ${sizeBytes} bytes`, {
    sizeBytes,
  });
};
