import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { mergeMetrics } from '../http/merge-metrics.ts';
import { type ApiServer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const exampleText = `# HELP xueliang_alerts_open Alerts that are not closed
# TYPE xueliang_alerts_open gauge
xueliang_alerts_open{state="raised",severity="high",role="alerts"} 2
`;
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** The numbers of all roles. They name every camera, so they are for who may see the whole site. */
export const addMetricRoutes = (app: ApiServer, deps: RouteDeps): void => {
  app.get(
    '/metrics',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'getMetrics',
        summary: 'Metrics of all roles, for Prometheus',
        tags: ['health'],
        querystring: closed({}),
        response: {
          200: {
            description: 'Prometheus’ text format.',
            content: { 'text/plain': { schema: Type.String({ examples: [exampleText] }) } },
          },
          ...errorAnswers(),
        },
      },
    },
    async (request, reply) => {
      if (!isWithin(deps.resources.site().place, principalOf(request).ground)) {
        throw apiError('ground-forbidden', 'metrics are of the whole site, and your ground is a part of it');
      }
      return reply
        .type(contentType)
        .serializer(String)
        .send(await gather(deps));
    },
  );
};

/** Our own come without the bus: who is busy answers there too late once in a while, and then for itself as well. */
const gather = async ({ bus, metrics, log }: RouteDeps): Promise<string> => {
  const own = await metrics.text();
  try {
    return mergeMetrics([own, ...(await bus.gatherMetrics())]);
  } catch (error) {
    log.warn({ service: 'api', err: error }, 'other roles’ metrics cannot be had; answering our own');
    return own;
  }
};
