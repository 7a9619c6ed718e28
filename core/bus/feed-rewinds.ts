import type { NatsConnection } from '@nats-io/transport-node';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Logger } from '../log.ts';
import type { Clock } from '../runtime/clock.ts';
import { closed } from '../schema/closed.ts';
import { Instant } from '../schema/ids.ts';
import { feedRewindSubject } from './subjects.ts';
import { type Feed, feedMaxAgeMs, rewindFeed } from './subscriber-feeds.ts';

const Request = closed({ from: Instant });
const validator = Compile(Request);
const maxRequestBytes = 256;

/** Making a consumer anew costs the bus a look through its index. */
const restMs = 10_000;

export interface RewindOptions {
  nats: NatsConnection;
  clock: Clock;
  log: Logger;
  /** Those who may ask now. */
  feeds(): readonly Feed[];
}

/** What a subscriber that asked is answered. */
type Answer = { from: number } | { error: 'request-invalid' | 'too-often' | 'failed' };

/**
 * Lets subscribers begin their feed again at an earlier time, thirty days back at most, until the returned function is
 * called. They ask us, for whoever may make a consumer can have it deliver to any subject.
 */
export const answerRewinds = ({ nats, clock, log, feeds }: RewindOptions): (() => void) => {
  const lastAt = new Map<string, number>();
  const answer = async (id: string, bytes: Uint8Array): Promise<Answer> => {
    const feed = feeds().find((entry) => entry.id === id);
    const request = parse(bytes);
    if (!feed || !request) return { error: 'request-invalid' };
    if (clock.monotonic() - (lastAt.get(id) ?? Number.NEGATIVE_INFINITY) < restMs)
      return { error: 'too-often' };
    lastAt.set(id, clock.monotonic());
    const from = Math.min(Math.max(request.from, clock.now() - feedMaxAgeMs), clock.now());
    try {
      await rewindFeed(nats, feed, from);
    } catch (error) {
      log.warn({ service: 'feeds', subscriber: id, err: error }, 'a feed could not begin again');
      return { error: 'failed' };
    }
    log.info({ service: 'feeds', subscriber: id, from }, 'a feed begins again');
    return { from };
  };
  const subscription = nats.subscribe(feedRewindSubject('*'), {
    callback: (error, message) => {
      const id = message?.subject.split('.').at(-1);
      if (error || id === undefined) return;
      void answer(id, message.data).then((said) => message.respond(JSON.stringify(said)));
    },
  });
  return () => subscription.unsubscribe();
};

const parse = (bytes: Uint8Array): Static<typeof Request> | undefined => {
  try {
    const value: unknown =
      bytes.length > maxRequestBytes ? undefined : JSON.parse(Buffer.from(bytes).toString('utf8'));
    return validator.Check(value) ? value : undefined;
  } catch {
    return undefined; // not JSON
  }
};
