import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { AlertId, ResourceId } from '../../core/schema/ids.ts';
import type { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { LoudspeakerAnswerView } from '../schema/loudspeaker-answer-view.ts';
import { readAlert } from '../steps/append-to-alert.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const CommandBody = closed({
  recording: ResourceId,
  alertId: Type.Optional({ ...AlertId, description: 'the alert whose log says what became of it' }),
});

/** 云广播: what somebody has a loudspeaker say. It is in the audit log before it is heard. */
export const addLoudspeakerRoutes = (app: ApiServer, deps: RouteDeps): void => {
  const { bus, audit } = deps;
  app.post(
    '/api/v1/loudspeakers/:loudspeakerId/commands',
    {
      config: { right: 'alerts.handle' },
      schema: {
        operationId: 'commandLoudspeaker',
        summary: 'Has a loudspeaker play one of its recordings, and says what its gateway answered',
        tags: ['loudspeakers'],
        params: closed({ loudspeakerId: Type.Unsafe<string>({ ...ResourceId, examples: ['pond-horn'] }) }),
        querystring: closed({}),
        body: CommandBody,
        response: {
          ...answer(LoudspeakerAnswerView, 'Whether it was played, and why not.'),
          ...errorAnswers(404),
        },
      },
    },
    async (request) => {
      const { id: by, ground } = principalOf(request);
      const { recording, alertId } = request.body;
      const { id: loudspeakerId, place } = findLoudspeaker(deps, request.params.loudspeakerId, ground);
      checkRecording(deps, loudspeakerId, recording);
      if (alertId !== undefined) await readAlert(bus, alertId, ground);
      await audit.record({
        ...{ who: by, what: 'loudspeakerCommanded', place, requestId: request.id, address: request.ip },
        target: `loudspeakers/${loudspeakerId}/${recording}`,
        ...(alertId === undefined ? {} : { why: `alert ${alertId}` }),
      });
      const about = alertId === undefined ? {} : { alertId };
      const told = await bus.commandLoudspeaker({
        ...{ commandId: randomUUID(), loudspeakerId, recording, by },
        ...about,
      });
      if (told) return told;
      throw apiError(
        'loudspeaker-unheard',
        `nobody says what became of the command to ${loudspeakerId}; it may have been played`,
      );
    },
  );
};

const findLoudspeaker = ({ resources }: RouteDeps, wanted: string, ground: string): Loudspeaker => {
  const found = resources.loudspeakers().find(({ id, place }) => id === wanted && isWithin(place, ground));
  if (found) return found;
  throw apiError('loudspeaker-unknown', `there is no loudspeaker ${wanted} in your ground`);
};

const checkRecording = ({ resources }: RouteDeps, loudspeakerId: string, wanted: string): void => {
  const recordings = resources.loudspeakers().find(({ id }) => id === loudspeakerId)?.recordings ?? [];
  if (recordings.some(({ id }) => id === wanted)) return;
  const names = recordings.map(({ id }) => id).join(', ');
  throw apiError(
    'recording-unknown',
    `loudspeaker ${loudspeakerId} has no recording ${wanted}; it has ${names}`,
  );
};
