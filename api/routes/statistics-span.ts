import type { FastifyRequest } from 'fastify';
import { ScenarioKind } from '../../core/schema/scenario.ts';
import { Severity } from '../../core/schema/severity.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { anyOf, instant, place } from '../schema/query.ts';
import { principalOf } from './route-deps.ts';

const dayMs = 86_400_000;
/** A leap year: what is compared year by year. */
const maxSpanMs = 366 * dayMs;
const usualSpanMs = 7 * dayMs;
export const maxRows = 10_000;

/** What all statistics of alerts may be asked by. */
export const spanQuery = {
  place,
  from: instant('raised at or after; a week before `to` unless told'),
  to: instant('raised before; now unless told'),
  kind: anyOf(ScenarioKind, 'kinds of scenario'),
  severity: anyOf(Severity, 'severities'),
};

interface Asked {
  place?: string;
  from?: number;
  to?: number;
}

/** From when to when it is asked. Throws `request-invalid`. */
export const readSpan = (query: Asked, now: number): { from: number; to: number } => {
  const to = query.to ?? now;
  const from = query.from ?? Math.max(0, to - usualSpanMs);
  if (from >= to) throw apiError('request-invalid', `query: from is ${from}; it must lie before to, ${to}`);
  if (to - from > maxSpanMs)
    throw apiError('request-invalid', 'query: from and to lie more than 366 days apart');
  return { from, to };
};

/** The part of the asker's ground that it is asked about; undefined: none of it. */
export const readGround = (request: FastifyRequest, { place: wanted }: Asked): string | undefined =>
  narrowGround(principalOf(request).ground, wanted);
