import type { AskOptions } from '../../../http/ask.ts';
import { type Asked, useAnswer } from '../../../http/use-answer.ts';

/** Reckoning up a year takes longer than a step. */
const deadlineMs = 60_000;

/** What the API reckons up for a path and query, once, and again when they change; nothing while there is no query. */
export const useReckoned = <Answer>(path: string, query: AskOptions['query'] | undefined): Asked<Answer> =>
  useAnswer<Answer>(query && path, { query: query ?? {}, deadlineMs });
