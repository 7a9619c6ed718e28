import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { usualSpan } from '../reconciliation/open-reconciliation.ts';
import { instant } from '../schema/query.ts';
import { ReconciliationView } from '../schema/statistics-views.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** Whether every alert is everywhere. */
export const addReconciliationRoutes = (
  app: ApiServer,
  { reconciliation, resources, clock }: RouteDeps,
): void => {
  app.get(
    '/api/v1/reconciliation',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'reconcile',
        summary: 'Whether outboxes, bus, history and subscribers have the same alerts',
        description:
          'Without a span: what came of the last time, which is a few minutes ago. With one it is compared now.',
        tags: ['health'],
        querystring: closed({
          from: instant('raised at or after; at most a day before `to`'),
          to: instant('raised before; two minutes ago at the latest'),
        }),
        response: { ...answer(ReconciliationView, 'The sources side by side.'), ...errorAnswers() },
      },
    },
    async (request) => {
      if (!isWithin(resources.site().place, principalOf(request).ground))
        throw apiError('ground-forbidden', 'this is about the whole site, and your ground is a part of it');
      const { from, to } = request.query;
      const usual = usualSpan(clock.now());
      if (from === undefined && to === undefined) return reconciliation.latest() ?? reconciliation.run(usual);
      return reconciliation.run({ from: from ?? usual.from, to: to ?? usual.to });
    },
  );
};
