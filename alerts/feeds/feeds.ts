import { isDeepStrictEqual } from 'node:util';
import type { Feeds } from '../../core/bus/feeds.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import { toAppError } from '../../core/errors.ts';
import type { Resources } from '../../core/resources.ts';
import type { Upstream } from '../../core/schema/upstream.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import type { PostDeps } from '../actions/post.ts';
import { createGa1400Receiver } from '../exchange/ga1400/receiver.ts';
import { Feed, type FeedOptions, type Receiver } from './feed.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

export interface FeedsOptions extends Omit<FeedOptions, 'receiver'>, PostDeps {
  resources: Pick<Resources, 'webhooks' | 'upstreams' | 'cameras' | 'site'>;
  secrets: Pick<Secrets, 'service'>;
  /** The feeds that the bus knows, and how to make it forget one. */
  knownFeeds(): Promise<string[]>;
  forgetFeed(feedId: string): Promise<void>;
}

/** The feeds to other systems, as configured. */
export interface RunningFeeds extends Feeds {
  /** Brings what runs into line with what is configured. */
  follow(): Promise<void>;
  close(): Promise<void>;
}

interface Running {
  feed: Feed;
  settings: Webhook | Upstream;
}

const isFeed = (consumer: string): boolean => /^(hook|upstream)-/.test(consumer);

/** Makes them; nothing is sent before `follow` is called. */
export const createFeeds = (options: FeedsOptions): RunningFeeds => {
  const { log } = options;
  const running = new Map<string, Running>();
  let turn: Promise<void> = Promise.resolve();
  let isClosed = false;

  const bring = async (): Promise<void> => {
    const wanted = isClosed ? new Map<string, Webhook | Upstream>() : wantedFeeds(options.resources);
    const over = [...running].filter(([id, { settings }]) => !isDeepStrictEqual(settings, wanted.get(id)));
    for (const [id] of over) running.delete(id);
    // Together: each may wait for its receiver.
    await Promise.all(over.map(([, { feed }]) => feed.close()));
    if (isClosed) return;
    for (const [id, settings] of wanted) {
      if (!running.has(id)) {
        const feed = new Feed({ ...options, receiver: toReceiver(settings, options) });
        running.set(id, { feed, settings });
      }
    }
    // A feed that is configured no more begins anew when it comes back.
    for (const id of await options.knownFeeds()) {
      if (isFeed(id) && !wanted.has(id)) await options.forgetFeed(id);
    }
  };
  const inTurn = (): Promise<void> => {
    turn = turn.then(bring).catch((thrown: unknown) => {
      log.error({ service: 'feeds', err: toAppError(thrown) }, 'feeds are not as configured');
    });
    return turn;
  };

  return {
    follow: inTurn,
    list: () => Promise.all([...running.values()].map(({ feed }) => feed.status())),
    deadLetters: async (id) => (await running.get(id)?.feed.deadLetters()) ?? [],
    retryDeadLetters: async (id) => (await running.get(id)?.feed.retryDeadLetters()) ?? 0,
    close: async () => {
      isClosed = true;
      await inTurn();
    },
  };
};

const wantedFeeds = ({ webhooks, upstreams }: FeedsOptions['resources']): Map<string, Webhook | Upstream> =>
  new Map<string, Webhook | Upstream>([
    ...webhooks().flatMap((hook) => (hook.feed ? [[`hook-${hook.id}`, hook] as const] : [])),
    ...upstreams().map((upstream) => [`upstream-${upstream.id}`, upstream] as const),
  ]);

const toReceiver = (settings: Webhook | Upstream, options: FeedsOptions): Receiver =>
  'kind' in settings ? createGa1400Receiver(settings, options) : createWebhookReceiver(settings, options);
