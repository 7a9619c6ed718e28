import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import type { Logger } from '../log.ts';
import { AnswerCall } from '../schema/answer.ts';
import { toBusError } from './connect-nats.ts';
import { encodePayload } from './payloads.ts';
import { answerSubject } from './subjects.ts';

/** Taking a call in hand is the matter of a moment. */
const takeMs = 2000;
const taken = 'taken';

const calls = Compile(AnswerCall);

/** Hands a call to whoever tells webhooks; false when nobody has taken it. Throws `bus-unavailable`. */
export type CallResponder = (call: AnswerCall) => Promise<boolean>;

export const createAnswerCaller =
  (nats: NatsConnection): CallResponder =>
  async (call) => {
    try {
      const answer = await nats.request(answerSubject, encodePayload(call), { timeout: takeMs });
      return answer.string() === taken;
    } catch (error) {
      const isUnheard = error instanceof errors.RequestError && error.isNoResponders();
      if (isUnheard || error instanceof TimeoutError) return false;
      throw toBusError(error, `telling responder '${call.responder}'`);
    }
  };

/** Takes calls until the returned function is called. `take` says whether it has taken one in hand. */
export const takeAnswerCalls = (
  { nats, log }: { nats: NatsConnection; log: Logger },
  take: (call: AnswerCall) => boolean,
): (() => void) => {
  const subscription = nats.subscribe(answerSubject, {
    queue: answerSubject, // one of several tells it
    callback: (error, message) => {
      const call = error ? undefined : parse(message.string());
      if (!calls.Check(call)) return;
      const isTaken = take(call);
      if (!isTaken) log.error({ service: 'bus', responder: call.responder }, 'a responder could not be told');
      message.respond(isTaken ? taken : 'refused');
    },
  });
  return () => subscription.unsubscribe();
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no schema
  }
};
