import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import type { Logger } from '../log.ts';
import { LoudspeakerAnswer, LoudspeakerCommand } from '../schema/loudspeaker-command.ts';
import { toBusError } from './connect-nats.ts';
import { encodePayload } from './payloads.ts';
import { loudspeakerSubject } from './subjects.ts';

/** A gateway has two seconds; what has not been answered after this is not answered. */
const answerMs = 5000;

const commands = Compile(LoudspeakerCommand);
const answers = Compile(LoudspeakerAnswer);

/** Takes commands to loudspeakers until the returned function is called. */
export const answerLoudspeakers = (
  { nats, log }: { nats: NatsConnection; log: Logger },
  answer: (command: LoudspeakerCommand) => Promise<LoudspeakerAnswer>,
): (() => void) => {
  const subscription = nats.subscribe(loudspeakerSubject, {
    queue: loudspeakerSubject, // one of several speaks
    callback: (error, message) => {
      const command = error ? undefined : parse(message.string());
      if (!commands.Check(command)) return;
      void answer(command).then(
        (told) => message.respond(encodePayload(told)),
        (reason: unknown) => log.error({ service: 'bus', err: reason }, 'a loudspeaker was not commanded'),
      );
    },
  });
  return () => subscription.unsubscribe();
};

/** Asks whoever commands loudspeakers. See `Bus.commandLoudspeaker`. */
export const commandLoudspeaker = async (
  nats: NatsConnection,
  command: LoudspeakerCommand,
): Promise<LoudspeakerAnswer | undefined> => {
  try {
    const answer = await nats.request(loudspeakerSubject, encodePayload(command), { timeout: answerMs });
    const told = parse(answer.string());
    return answers.Check(told) ? told : undefined;
  } catch (error) {
    const isUnheard = error instanceof errors.RequestError && error.isNoResponders();
    if (isUnheard || error instanceof TimeoutError) return undefined;
    throw toBusError(error, `commanding loudspeaker '${command.loudspeakerId}'`);
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no schema
  }
};
