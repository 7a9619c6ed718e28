import { Type } from 'typebox';
import { rightFor } from '../../core/alert-steps.ts';
import { type Alert, AlertState, FalseAlarmReason } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { AlertId, ResourceId } from '../../core/schema/ids.ts';
import type { IssuedAnswer } from '../answers/answer-desk.ts';
import { responderFor } from '../answers/responder-reach.ts';
import { AlertView, toAlertView } from '../schema/alert-view.ts';
import { SteppedAlertView } from '../schema/answer-views.ts';
import { appendToAlert } from '../steps/append-to-alert.ts';
import { checkStep } from '../steps/step-rules.ts';
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
export const addStepRoutes = (app: ApiServer, { bus, clock, resources, trail, desk }: RouteDeps): void => {
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
        response: {
          ...answer(SteppedAlertView, 'The alert as it is now, and the link that was made for a responder.'),
          ...errorAnswers(404, 409),
        },
      },
    },
    async (request) => {
      const { id: by, ground } = principalOf(request);
      const { from: _, ...step } = request.body;
      requireRight(request, rightFor(step.to));
      const at = Math.round(clock.now());
      let issued: Awaited<ReturnType<typeof desk.issue>> | undefined;
      const before = async ({ alertId, place }: Alert): Promise<void> => {
        await trail.done(request, {
          ...{ what: 'alertStepped', target: `alerts/${alertId}`, place, to: step.to },
          ...(step.why === undefined ? {} : { why: step.why }),
        });
        // Before the step, whose instant makes it good: a link is never missing for want of a bus.
        if (step.responder !== undefined) issued = await desk.issue(alertId, step.responder, at);
      };
      const said = await appendToAlert(
        { bus, now: () => at, before },
        { alertId: request.params.alertId, ground },
        (alert) => {
          checkStep(alert, request.body);
          if (step.responder !== undefined) responderFor(resources, step.responder, alert, ground);
          return { type: 'transition', by, ...step };
        },
      );
      const view = toAlertView(said, resources.site());
      if (!issued || step.responder === undefined) return view;
      const responder = responderFor(resources, step.responder, said, ground);
      const answerLink: IssuedAnswer = await desk.deliver(issued, said.alertId, responder);
      return { ...view, answerLink };
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
        response: { ...answer(AlertView, 'The alert as it is now.'), ...errorAnswers(404) },
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
