import { closed } from '../../core/schema/closed.ts';
import { apiError } from '../errors.ts';
import { AlertLinksView } from '../schema/link-views.ts';
import { alertParams } from './alert-routes.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** Addresses of an alert's media for pictures and players in a page, which send no header. */
export const addLinkRoutes = (app: ApiServer, { history, links }: RouteDeps): void => {
  app.post(
    '/api/v1/alerts/:alertId/links',
    {
      config: { right: 'evidence.read' },
      schema: {
        operationId: 'createAlertLinks',
        summary: 'Addresses of an alert’s media that are good for five minutes, for who asks alone',
        tags: ['evidence'],
        params: alertParams,
        querystring: closed({}),
        response: { ...answer(AlertLinksView, 'Of what is there.'), ...errorAnswers(404) },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { alertId } = request.params;
      const alert = await history.alert(alertId, principal.ground);
      if (!alert) throw apiError('alert-unknown', `there is no alert ${alertId} in your ground`);
      const sign = (path: string) => links.sign('sig', `/api/v1/alerts/${alert.alertId}/${path}`, principal);
      const [snapshot, clip] = [sign('snapshot'), sign('clip')];
      const pictures = (alert.pictures ?? [])
        .filter(({ deleted }) => deleted === undefined)
        .map(({ n }) => ({ n, url: sign(`pictures/${n}`).url }));
      return {
        ...(alert.snapshot.state === 'ready' ? { snapshot: snapshot.url } : {}),
        ...(alert.clip.state === 'ready' ? { clip: clip.url } : {}),
        ...(pictures.length > 0 ? { pictures } : {}),
        expiresAt: snapshot.expiresAt,
      };
    },
  );
};
