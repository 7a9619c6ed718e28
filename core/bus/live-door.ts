import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { isAppError } from '../errors.ts';
import { doorError } from '../live/errors.ts';
import { closed } from '../schema/closed.ts';
import { toBusError } from './connect-nats.ts';
import { encodePayload } from './payloads.ts';
import { liveDoorSubject } from './subjects.ts';

/** Where a worker shows one camera, to whoever brings the token, once and within seconds. */
export interface LiveDoor {
  url: string;
  token: string;
}

const answerMs = 2000;

const validator = Compile(
  closed({
    url: Type.String({ pattern: '^http://', maxLength: 200 }),
    token: Type.String({ maxLength: 100 }),
  }),
);

/** Lets in who asks for one camera until the returned function is called. */
export const answerLiveDoor = (
  nats: NatsConnection,
  cameraId: string,
  letIn: () => LiveDoor,
): (() => void) => {
  const subscription = nats.subscribe(liveDoorSubject(cameraId), {
    callback: (error, message) => {
      if (!error) message.respond(encodePayload(letIn()));
    },
  });
  return () => subscription.unsubscribe();
};

/** Asks whoever holds the camera; nothing when nobody does. See `Bus.liveDoor` for what it throws. */
export const askLiveDoor = async (nats: NatsConnection, cameraId: string): Promise<LiveDoor | undefined> => {
  try {
    const answer = await nats.request(liveDoorSubject(cameraId), '', { timeout: answerMs });
    const door: unknown = answer.json();
    if (validator.Check(door)) return door;
    throw doorError('door-unreadable', `camera '${cameraId}': its worker's answer is not understood`);
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) return undefined;
    if (error instanceof TimeoutError)
      throw doorError('door-late', `camera '${cameraId}': its worker does not answer`, { cause: error });
    throw isAppError(error) ? error : toBusError(error, `asking for camera '${cameraId}'`);
  }
};
