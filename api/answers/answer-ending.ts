import type { Alert } from '../../core/schema/alert.ts';
import type { AnswerLink } from '../../core/schema/answer.ts';

/** Why a link may be used no more. `done`: its own responder has dealt with the alert. */
export type AnswerEnding = 'expired' | 'redispatched' | 'closed' | 'done';

/** Under which id a responder's steps stand in an alert's log. */
export const toResponderId = (responder: string): string => `responder:${responder}`;

/** What has ended a link, as the alert's own log says; nothing while it is good. */
export const endingOf = (link: AnswerLink, { steps }: Alert, now: number): AnswerEnding | undefined => {
  const index = steps.findLastIndex(({ state }) => state === 'dispatched');
  const dispatch = steps[index];
  if (dispatch?.at !== link.dispatchedAt || dispatch.responder !== link.responder) return 'redispatched';
  const ending = steps.slice(index + 1).find(({ state }) => state !== 'onScene');
  if (ending) {
    const isOwn = ending.by === toResponderId(link.responder) && ending.state === 'resolved';
    return isOwn && ending === steps.at(-1) && now < link.expiresAt ? 'done' : 'closed';
  }
  return now < link.expiresAt ? undefined : 'expired';
};
