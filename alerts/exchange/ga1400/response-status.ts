import { alertsError } from '../../errors.ts';

/** Of GA/T 1400.4: the message itself is no good (5 and 6 of XML, 7 and 8 of JSON), and will not be next time. */
const hopeless: ReadonlySet<number> = new Set([5, 6, 7, 8]);

/**
 * Throws `service-refused` or `service-failing` when a body that was answered says that something went wrong. A body that
 * says nothing readable is taken for consent, as the HTTP status was.
 */
export const requireStatusOk = (body: string): void => {
  const bad = statusesOf(parse(body))
    .map((status) => Number(isRecord(status) ? status['StatusCode'] : undefined))
    .find((code) => Number.isInteger(code) && code !== 0);
  if (bad === undefined) return;
  throw alertsError(hopeless.has(bad) ? 'service-refused' : 'service-failing', `answered StatusCode ${bad}`);
};

const statusesOf = (answer: unknown): unknown[] => {
  if (!isRecord(answer)) return [];
  const list = answer['ResponseStatusListObject'];
  const inner = isRecord(list) ? list['ResponseStatusObject'] : answer['ResponseStatusObject'];
  return Array.isArray(inner) ? inner : [inner];
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
