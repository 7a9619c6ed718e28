import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Resources } from '../../core/resources.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { apiError } from '../errors.ts';
import { type AnswerDesk, type HeldAnswer, taken } from './answer-desk.ts';
import { type AnswerEnding, toResponderId } from './answer-ending.ts';
import { readPhoneCookie, toPhoneCookie } from './phone-cookie.ts';

const endings: Readonly<Record<AnswerEnding, string>> = {
  expired: 'its time is over',
  redispatched: 'somebody was sent anew',
  closed: 'the alert has been dealt with',
  done: 'you have dealt with the alert',
};

export interface AnswerRequestDeps {
  desk: AnswerDesk;
  trail: AuditTrail;
  resources: Pick<Resources, 'site'>;
}

type AnswerRequest = FastifyRequest<{ Params: { token: string } }>;

const secretOf = ({ headers }: FastifyRequest): string | undefined => readPhoneCookie(headers.cookie);

/** Opens a link for the telephone that asks: the first one gets it. Throws as `authorise` does. */
export const openAnswer = async (
  deps: AnswerRequestDeps,
  request: AnswerRequest,
  reply: FastifyReply,
): Promise<HeldAnswer> => {
  const { desk, resources } = deps;
  const held = await look(deps, request);
  if (desk.isPhoneOf(held, secretOf(request))) return goodOrDone(held);
  if (held.link.phone !== undefined) throw taken();
  if (held.ending) throw over(held.ending);
  const secret = await desk.bind(held);
  const cookie = toPhoneCookie(secret, {
    path: `/api/v1/answers/${request.params.token}`,
    expiresAt: held.link.expiresAt,
    isSecure: request.protocol === 'https' || resources.site().publicAddress?.startsWith('https:') === true,
  });
  void reply.header('set-cookie', cookie);
  return held;
};

/**
 * The link of whoever asks, on its own telephone. Throws `answer-unknown`, `answer-locked`, `answer-taken` or
 * `answer-over`; one that its responder has done is given back, with that as its ending.
 */
export const authorise = async (deps: AnswerRequestDeps, request: AnswerRequest): Promise<HeldAnswer> => {
  const held = await look(deps, request);
  if (!deps.desk.isPhoneOf(held, secretOf(request))) throw taken();
  return goodOrDone(held);
};

/** Finds the link and writes down that somebody looked, whether or not it is theirs. */
const look = async ({ desk, trail }: AnswerRequestDeps, request: AnswerRequest): Promise<HeldAnswer> => {
  const held = await desk.find(request.params.token, request.ip);
  const { alertId, responder, phone } = held.link;
  const { place } = held.alert;
  request.principal = {
    ...{ id: toResponderId(responder), kind: 'user', ground: place },
    ...{ roles: [], rights: new Set() },
  };
  const isElsewhere = phone !== undefined && !desk.isPhoneOf(held, secretOf(request));
  const target = `alerts/${alertId}/answer${isElsewhere ? '/elsewhere' : ''}`;
  const why = isElsewhere ? { why: 'refused: not the telephone that opened it first' } : {};
  await trail.seen(request, { what: 'answerLinkSeen', target, place, ...why });
  return held;
};

const goodOrDone = (held: HeldAnswer): HeldAnswer => {
  if (held.ending === undefined || held.ending === 'done') return held;
  throw over(held.ending);
};

/** Refuses what only a link that is good may do. Throws `answer-over`. */
export const requireGood = ({ ending }: HeldAnswer): void => {
  if (ending) throw over(ending);
};

const over = (ending: AnswerEnding) =>
  apiError('answer-over', `this link is good no longer: ${endings[ending]}`, { ending });
