import { AckPolicy, type ConsumerConfig, DeliverPolicy, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Subscriber } from '../schema/subscriber.ts';
import { toBusError } from './connect-nats.ts';
import { feedName, groundFilter } from './subjects.ts';

export type Feed = Pick<Subscriber, 'id' | 'ground'>;

/** How far back a feed may begin. */
export const feedMaxAgeMs = 30 * 86_400_000;
/** An event that was not acknowledged within this is delivered again: also one that went to a reader that had just died. */
const ackWaitMs = 15_000;
/** Delivered and not acknowledged yet, of one feed. */
const maxAckPending = 256;
/** Pulls that wait at one time, and how long one may: a dead reader’s pull still takes events until it is over. */
const maxWaiting = 8;
const maxExpiresMs = 10_000;

const isFeed = (name: string): boolean => name.startsWith(feedName(''));

const definitionOf = ({ id, ground }: Feed, beginAt: number): Partial<ConsumerConfig> => ({
  durable_name: feedName(id),
  filter_subject: groundFilter('alerts', ground),
  deliver_policy: DeliverPolicy.StartTime,
  opt_start_time: new Date(beginAt).toISOString(),
  ack_policy: AckPolicy.Explicit,
  ack_wait: nanos(ackWaitMs),
  max_ack_pending: maxAckPending,
  max_waiting: maxWaiting,
  max_batch: maxAckPending,
  max_expires: nanos(maxExpiresMs),
});

/**
 * Makes the durable consumer of every subscriber that has none, thirty days back, and one anew whose ground has changed;
 * removes those of nobody. Throws `bus-unavailable`.
 */
export const ensureFeeds = async (
  nats: NatsConnection,
  feeds: readonly Feed[],
  now: number,
): Promise<void> => {
  try {
    const { consumers } = await jetstreamManager(nats, { checkAPI: false });
    const filters = new Map<string, string | undefined>();
    for await (const { name, config } of consumers.list('ALERTS')) {
      if (isFeed(name)) filters.set(name, config.filter_subject);
    }
    const wanted = new Map(feeds.map((feed) => [feedName(feed.id), feed]));
    for (const [name, filter] of filters) {
      const feed = wanted.get(name);
      if (feed && groundFilter('alerts', feed.ground) === filter) wanted.delete(name);
      else await consumers.delete('ALERTS', name);
    }
    for (const feed of wanted.values()) await consumers.add('ALERTS', definitionOf(feed, now - feedMaxAgeMs));
  } catch (error) {
    throw toBusError(error, 'the feeds of subscribers');
  }
};

/** Begins a feed anew at a time. What was not acknowledged before comes again if it is younger. */
export const rewindFeed = async (nats: NatsConnection, feed: Feed, beginAt: number): Promise<void> => {
  try {
    const { consumers } = await jetstreamManager(nats, { checkAPI: false });
    await consumers.delete('ALERTS', feedName(feed.id));
    await consumers.add('ALERTS', definitionOf(feed, beginAt));
  } catch (error) {
    throw toBusError(error, `the feed ${feed.id}`);
  }
};
