import { errors, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { AppError, errorKinds, isAppError, toAppError } from '../errors.ts';
import { withoutSecrets } from '../log.ts';
import { WhatIfReport, WhatIfRequest } from '../schema/what-if.ts';
import { whatIfError } from '../what-if/errors.ts';
import { toBusError } from './connect-nats.ts';
import { encodePayload } from './payloads.ts';
import { whatIfSubject } from './subjects.ts';

/** Whoever answers gives up after ten minutes and says so. */
const answerMs = 610_000;

const requests = Compile(WhatIfRequest);
const reports = Compile(WhatIfReport);

/** Answers what-if questions until the returned function is called. */
export const answerWhatIf = (
  nats: NatsConnection,
  answer: (request: WhatIfRequest) => Promise<WhatIfReport>,
): (() => void) => {
  const subscription = nats.subscribe(whatIfSubject, {
    queue: whatIfSubject, // one of several answers
    callback: (error, message) => {
      if (error) return;
      const request = parse(message.string());
      const answering = requests.Check(request) ? answer(request) : Promise.reject(unreadable('question'));
      void answering.then(
        (report) => message.respond(encodePayload({ report })),
        (reason: unknown) => {
          const { code, kind, message: text } = toAppError(reason);
          message.respond(encodePayload({ error: { code, kind, message: withoutSecrets(text) } }));
        },
      );
    },
  });
  return () => subscription.unsubscribe();
};

/** Asks whoever owns the history; nothing when nobody does. See `Bus.askWhatIf` for what it throws. */
export const askWhatIf = async (
  nats: NatsConnection,
  request: WhatIfRequest,
): Promise<WhatIfReport | undefined> => {
  try {
    const answer = await nats.request(whatIfSubject, encodePayload(request), { timeout: answerMs });
    return read(parse(answer.string()));
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) return undefined;
    if (error instanceof TimeoutError) {
      const seconds = answerMs / 1000;
      throw whatIfError('whatif-late', `the API does not answer within ${seconds} s`, { cause: error });
    }
    throw isAppError(error) ? error : toBusError(error, 'asking what if');
  }
};

const read = (answer: unknown): WhatIfReport => {
  const { report, error } = isRecord(answer) ? answer : {};
  if (reports.Check(report)) return report;
  if (isRecord(error)) {
    const { code, kind, message } = error;
    const known = errorKinds.find((name) => name === kind);
    if (known && typeof code === 'string' && typeof message === 'string')
      throw new AppError(code, known, message);
  }
  throw unreadable('answer');
};

const unreadable = (what: string) =>
  whatIfError('whatif-unreadable', `the ${what} is not understood; run the same version everywhere`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no schema
  }
};
