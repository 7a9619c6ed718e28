import { closed } from '../../core/schema/closed.ts';
import { WhatIfRequest } from '../../core/schema/what-if.ts';
import { WhatIfView } from '../schema/what-if-view.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** What would have been alerted to. Nothing is changed by asking. */
export const addWhatIfRoutes = (app: ApiServer, { whatIf }: RouteDeps): void => {
  app.post(
    '/api/v1/whatif',
    {
      config: { right: 'scenarios.write' },
      schema: {
        operationId: 'askWhatIf',
        summary: 'Which alerts a scenario would have raised, had it been set otherwise',
        tags: ['scenarios'],
        querystring: closed({}),
        body: WhatIfRequest,
        response: {
          ...answer(WhatIfView, 'Alerts gained, lost and kept; those of the asker’s ground.'),
          ...errorAnswers(504),
        },
      },
    },
    (request) => whatIf.ask(request.body, principalOf(request).ground),
  );
};
