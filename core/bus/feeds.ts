import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { isAppError, toAppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { DeadLetter, FeedStatus } from '../schema/feed.ts';
import { toBusError } from './connect-nats.ts';
import { busError } from './errors.ts';
import { encodePayload } from './payloads.ts';
import { feedQuestionSubjects } from './subjects.ts';

/** The feeds to other systems, as others meet them. */
export interface Feeds {
  list(): Promise<FeedStatus[]>;
  /** What a feed's receiver was not told, oldest first. Nothing for a feed that is not there. */
  deadLetters(feedId: string): Promise<DeadLetter[]>;
  /** Begins to send a feed's dead letters again; how many there are. */
  retryDeadLetters(feedId: string): Promise<number>;
}

const answerMs = 5000;

const checks = {
  list: Compile(Type.Array(FeedStatus)),
  deadLetters: Compile(Type.Array(DeadLetter)),
  retry: Compile(Type.Integer({ minimum: 0 })),
};

/** Answers for the feeds until the returned function is called. */
export const answerFeeds = (
  { nats, log }: { nats: NatsConnection; log: Logger },
  feeds: Feeds,
): (() => void) => {
  const answers: [string, (feedId: string) => Promise<unknown>][] = [
    [feedQuestionSubjects.list, () => feeds.list()],
    [feedQuestionSubjects.deadLetters, (feedId) => feeds.deadLetters(feedId)],
    [feedQuestionSubjects.retry, (feedId) => feeds.retryDeadLetters(feedId)],
  ];
  const subscriptions = answers.map(([subject, answer]) =>
    nats.subscribe(subject, {
      queue: subject,
      callback: (error, message) => {
        if (error) return;
        void answer(message.string()).then(
          (value) => message.respond(encodePayload(value)),
          (reason: unknown) =>
            log.warn({ service: 'bus', subject, err: toAppError(reason) }, 'a question about feeds failed'),
        );
      },
    }),
  );
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
};

/** Asks whoever runs the feeds. Its calls throw `feeds-silent` when nobody answers, or `bus-unavailable`. */
export const createFeedsClient = (nats: NatsConnection): Feeds => ({
  list: async () => read(checks.list, await ask(nats, feedQuestionSubjects.list, '')),
  deadLetters: async (feedId) =>
    read(checks.deadLetters, await ask(nats, feedQuestionSubjects.deadLetters, feedId)),
  retryDeadLetters: async (feedId) => read(checks.retry, await ask(nats, feedQuestionSubjects.retry, feedId)),
});

const ask = async (nats: NatsConnection, subject: string, question: string): Promise<unknown> => {
  try {
    return JSON.parse((await nats.request(subject, question, { timeout: answerMs })).string());
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined; // fits no schema
    const isSilent =
      cause instanceof TimeoutError || (cause instanceof errors.RequestError && cause.isNoResponders());
    if (isSilent) throw busError('feeds-silent', 'no alerts role answers for the feeds', { cause });
    throw isAppError(cause) ? cause : toBusError(cause, 'asking about feeds');
  }
};

const read = <Value>(check: { Check(value: unknown): value is Value }, answer: unknown): Value => {
  if (check.Check(answer)) return answer;
  throw busError('feeds-silent', 'the answer about feeds is not understood; run the same version everywhere');
};
