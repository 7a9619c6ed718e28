import { Type } from 'typebox';
import { type Alert, AlertState, FalseAlarmReason } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { AlertId, ResourceId } from '../../core/schema/ids.ts';
import { AlertView, toAlertView } from '../schema/alert-view.ts';
import { appendToAlert } from '../steps/append-to-alert.ts';
import { checkStep, rightFor } from '../steps/step-rules.ts';
import { alertParams } from './alert-routes.ts';
import {
  type ApiServer,
  answer,
  errorAnswers,
  principalOf,
  type RouteDeps,
  requireRight,
} from './route-deps.ts';

const StepBody = closed({
  to: AlertState,
  from: Type.Optional({
    ...AlertState,
    description: 'the state before your eyes; refused when it is another by now',
  }),
  why: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  responder: Type.Optional({ ...ResourceId, description: 'to whom it is dispatched' }),
  duplicateOf: Type.Optional({ ...AlertId, description: 'the alert that this one repeats' }),
  reason: Type.Optional({ ...FalseAlarmReason, description: 'why it was a false alarm' }),
});

const CommentBody = closed({ text: Type.String({ minLength: 1, maxLength: 2000 }) });

/** What people do about an alert. Who did it is who asks, whatever the body says. */
export const addStepRoutes = (app: ApiServer, { bus, clock, resources, trail }: RouteDeps): void => {
  const deps = { bus, now: () => clock.now() };

  app.post(
    '/api/v1/alerts/:alertId/steps',
    {
      config: { right: 'alerts.read' },
      schema: {
        operationId: 'stepAlert',
        summary: 'Brings an alert one step further',
        tags: ['alerts'],
        params: alertParams,
        querystring: closed({}),
        body: StepBody,
        response: { ...answer(AlertView, 'The alert as it is now.'), ...errorAnswers(404, 409) },
      },
    },
    async (request) => {
      const { id: by, ground } = principalOf(request);
      const { from: _, ...step } = request.body;
      requireRight(request, rightFor(step.to));
      const before = ({ alertId, place }: Alert) =>
        trail.done(request, {
          ...{ what: 'alertStepped' as const, target: `alerts/${alertId}`, place, to: step.to },
          ...('why' in step && step.why !== undefined ? { why: step.why } : {}),
        });
      const said = await appendToAlert(
        { ...deps, before },
        { alertId: request.params.alertId, ground },
        (alert) => {
          checkStep(alert, request.body);
          return { type: 'transition', by, ...step };
        },
      );
      return toAlertView(said, resources.site());
    },
  );

  app.post(
    '/api/v1/alerts/:alertId/comments',
    {
      config: { right: 'alerts.handle' },
      schema: {
        operationId: 'commentAlert',
        summary: 'Adds a comment to an alert',
        tags: ['alerts'],
        params: alertParams,
        querystring: closed({}),
        body: CommentBody,
        response: { ...answer(AlertView, 'The alert as it is now.'), ...errorAnswers(404, 409) },
      },
    },
    async (request) => {
      const { id: by, ground } = principalOf(request);
      const { text } = request.body;
      const before = ({ alertId, place }: Alert) =>
        trail.done(request, { what: 'alertCommented', target: `alerts/${alertId}`, place });
      const said = await appendToAlert(
        { ...deps, before },
        { alertId: request.params.alertId, ground },
        () => ({
          type: 'commented',
          by,
          text,
        }),
      );
      return toAlertView(said, resources.site());
    },
  );
};
