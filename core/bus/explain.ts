import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { isAppError } from '../errors.ts';
import { explanationError } from '../explanation/errors.ts';
import type { Logger } from '../log.ts';
import { Explanation } from '../schema/explanation.ts';
import { toBusError } from './connect-nats.ts';
import { encodePayload } from './payloads.ts';
import { explainSubject } from './subjects.ts';

/** A worker waits a second for the camera's thread; what has not come after this does not come. */
const answerMs = 2000;

const validator = Compile(Explanation);

/** Answers for one camera until the returned function is called. */
export const answerExplain = (
  { nats, log }: { nats: NatsConnection; log: Logger },
  cameraId: string,
  answer: () => Promise<Explanation>,
): (() => void) => {
  const subscription = nats.subscribe(explainSubject(cameraId), {
    callback: (error, message) => {
      if (error) return;
      void answer().then(
        (explanation) => message.respond(encodePayload(explanation)),
        (reason: unknown) =>
          log.warn({ service: 'bus', cameraId, err: reason }, 'camera could not be explained'),
      );
    },
  });
  return () => subscription.unsubscribe();
};

/** Asks whoever holds the camera; nothing when nobody does. See `Bus.explain` for what it throws. */
export const askExplain = async (
  nats: NatsConnection,
  cameraId: string,
  isConnected: () => boolean,
): Promise<Explanation | undefined> => {
  try {
    const answer = await nats.request(explainSubject(cameraId), '', { timeout: answerMs });
    return read(answer.string(), cameraId);
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) return undefined;
    if (error instanceof TimeoutError && isConnected()) {
      throw explanationError(
        'explanation-late',
        `camera '${cameraId}': its worker does not answer within ${answerMs / 1000} s; it is overloaded or hangs, see its log`,
        { cause: error },
      );
    }
    throw isAppError(error) ? error : toBusError(error, `explaining camera '${cameraId}'`);
  }
};

const read = (text: string, cameraId: string): Explanation => {
  const value = parse(text);
  if (validator.Check(value)) return value;
  throw explanationError(
    'explanation-unreadable',
    `camera '${cameraId}': its worker's answer is not understood; run the same version everywhere`,
  );
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no schema
  }
};
