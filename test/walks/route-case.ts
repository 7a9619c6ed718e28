import type { HTTPMethods } from 'fastify';
import type { World } from './open-world.ts';
import type { Township } from './township.ts';

/** A request that names things of a township. */
export interface Ask {
  url: string;
  payload?: unknown;
  headers?: Record<string, string>;
}

export interface CaseFacts {
  world: World;
  /** Whose things are named. */
  town: Township;
  /** Where who asks may do something. */
  own: Township;
}

/**
 * How a route is asked for the things of a township. The first ask is one that whoever owns them is answered; the others
 * are ways to get at them from elsewhere.
 */
export interface RouteCase {
  asks(facts: CaseFacts): Ask[];
  /** Who owns them: the township unless told; `site`: whoever has all of it; `nobody`: there is nothing of anybody in it. */
  owner?: 'site' | 'nobody';
  /** What the owner is answered; 200 unless told. */
  status?: number;
  /** The owner's answer names nothing of theirs: a count, an empty list, a number. */
  isNameless?: boolean;
  /** It answers with what was sent, judged line by line. */
  mayEcho?: boolean;
}

/** By method and address as the route has it: `GET /api/v1/alerts/:alertId`. */
export type RouteCases = Readonly<Record<string, RouteCase>>;

export const methodOf = (route: string): HTTPMethods => route.split(' ')[0] as HTTPMethods;

export const revisionOf = ({ store }: World, key: string): string =>
  `"${store.entries.get(key)?.revision ?? 0}"`;
