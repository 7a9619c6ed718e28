import { closed } from '../../core/schema/closed.ts';
import { FeedId, type FeedStatus } from '../../core/schema/feed.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { DeadLetterList, DeadLetterRetry, FeedList } from '../schema/feed-view.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const params = closed({ id: FeedId });
const nothing = closed({});
const tags = ['feeds'];

/** What other systems are told, and what they were not. */
export const addFeedRoutes = (app: ApiServer, { feeds, audit }: RouteDeps): void => {
  const listed = async (ground: string): Promise<FeedStatus[]> =>
    (await feeds.list()).filter((feed) => isWithin(feed.ground, ground));
  const requireMine = async (id: string, ground: string): Promise<void> => {
    if ((await listed(ground)).some((feed) => feed.id === id)) return;
    throw apiError('feed-unknown', `there is no feed '${id}' in your ground`);
  };

  app.get(
    '/api/v1/feeds',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'listFeeds',
        summary: 'Feeds of alert events to other systems: how far behind, how they fare',
        tags,
        querystring: nothing,
        response: {
          ...answer(FeedList, 'Those whose ground lies in the asker’s.'),
          ...errorAnswers(503),
        },
      },
    },
    async (request) => ({ items: await listed(principalOf(request).ground) }),
  );

  app.get(
    '/api/v1/feeds/:id/dead-letters',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'listDeadLetters',
        summary: 'What a feed’s receiver was not told, and why',
        tags,
        params,
        querystring: nothing,
        response: {
          ...answer(DeadLetterList, 'Oldest first; 1000 at most.'),
          ...errorAnswers(404, 503),
        },
      },
    },
    async (request) => {
      const { id } = request.params;
      await requireMine(id, principalOf(request).ground);
      return { items: await feeds.deadLetters(id) };
    },
  );

  app.post(
    '/api/v1/feeds/:id/dead-letters/retry',
    {
      config: { right: 'system.write' },
      schema: {
        operationId: 'retryDeadLetters',
        summary: 'Sends a feed’s dead letters again',
        description:
          'One after the other, under the ids they had, until the first that fails as if the receiver were away.',
        tags,
        params,
        querystring: nothing,
        response: {
          ...answer(DeadLetterRetry, 'How many are sent again.'),
          ...errorAnswers(404, 503),
        },
      },
    },
    async (request) => {
      const { id } = request.params;
      const principal = principalOf(request);
      await requireMine(id, principal.ground);
      await audit.record({
        ...{ who: principal.id, what: 'deadLettersRetried', target: id },
        ...{ address: request.ip, requestId: request.id },
      });
      return { waiting: await feeds.retryDeadLetters(id) };
    },
  );
};
