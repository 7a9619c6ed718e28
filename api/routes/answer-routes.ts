import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Alert } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import type { HeldAnswer } from '../answers/answer-desk.ts';
import { toResponderId } from '../answers/answer-ending.ts';
import { authorise, openAnswer, requireGood } from '../answers/answer-request.ts';
import { answerSteps, takeAnswerStep } from '../answers/answer-steps.ts';
import { toAnswerView } from '../answers/to-answer-view.ts';
import { apiError } from '../errors.ts';
import { AnswerView, UploadView } from '../schema/answer-views.ts';
import {
  chunkType,
  takeChunk,
  takeChunks,
  uploadHeaders,
  uploadId,
  uploadQuery,
} from './picture-upload-routes.ts';
import { type ApiServer, answer, publicErrorAnswers, type RouteDeps } from './route-deps.ts';

const token = Type.String({ maxLength: 100, description: 'of an answer link' });
const params = closed({ token });
const uploadParams = closed({ token, uploadId });
const url = '/api/v1/answers/:token';
const tags = ['answers'];
const noQuery = closed({});
const config = { right: 'public' } as const;

/**
 * What a responder does over an answer link, without an account: the token and the cookie of the telephone that opened it
 * first are all that counts.
 */
export const addAnswerRoutes = (app: ApiServer, deps: RouteDeps): void => {
  takeChunks(app);
  addViewRoutes(app, deps);
  addPictureRoute(app, deps);
  addStepRoute(app, deps);
  addUploadRoutes(app, deps);
};

const addViewRoutes = (app: ApiServer, deps: RouteDeps): void => {
  const { resources } = deps;
  const shared = { tags, params, querystring: noQuery };
  const response = {
    ...answer(AnswerView, 'Where, what, and what comes next.'),
    ...publicErrorAnswers(404, 410),
  };
  app.post(
    `${url}/opening`,
    {
      config,
      schema: {
        ...shared,
        operationId: 'openAnswer',
        summary: 'Opens an answer link: the first telephone that does so has it',
        response,
      },
    },
    async (request, reply) => {
      const held = await openAnswer(deps, request, reply);
      return toAnswerView(held, resources);
    },
  );
  app.get(
    url,
    {
      config,
      schema: {
        ...shared,
        operationId: 'getAnswer',
        summary: 'What a responder was sent for, as it is now',
        response,
      },
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      return toAnswerView(await authorise(deps, request), resources);
    },
  );
};

const addPictureRoute = (app: ApiServer, deps: RouteDeps): void => {
  const { trail, pictures } = deps;
  app.get(
    `${url}/picture`,
    {
      config,
      schema: {
        operationId: 'getAnswerPicture',
        summary: 'The one picture, blurred so that nobody can be known',
        tags,
        params,
        querystring: noQuery,
        response: {
          200: {
            description: 'A small JPEG.',
            content: { 'image/jpeg': { schema: Type.String({ format: 'binary' }) } },
          },
          ...publicErrorAnswers(404, 410),
        },
      },
    },
    async (request, reply) => {
      const held = await authorise(deps, request);
      requireGood(held);
      const { alertId, place, objects, facts } = held.alert;
      await trail.seen(request, { what: 'answerLinkSeen', target: `alerts/${alertId}/blurred`, place });
      const boxes = objects.map(({ box }) => box);
      const picture = await pictures.blurred(alertId, facts.box ? [...boxes, facts.box] : boxes);
      if (!picture) throw apiError('evidence-missing', 'there is no picture');
      await sendJpeg(reply, picture);
    },
  );
};

const sendJpeg = async (reply: FastifyReply, picture: Buffer): Promise<void> => {
  await reply.type('image/jpeg').header('Cache-Control', 'private, no-store').send(picture);
};

const AnswerStepBody = closed({
  step: Type.Enum(answerSteps),
  why: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'what was done; with `done`' }),
  ),
});

const addStepRoute = (app: ApiServer, deps: RouteDeps): void => {
  const { bus, clock, desk, resources, trail } = deps;
  app.post(
    `${url}/steps`,
    {
      config,
      schema: {
        operationId: 'stepAnswer',
        summary: 'Accepted, arrived or done; the same said twice is once',
        tags,
        params,
        querystring: noQuery,
        body: AnswerStepBody,
        response: { ...answer(AnswerView, 'As it is now.'), ...publicErrorAnswers(404, 409, 410) },
      },
    },
    async (request) => {
      const held = await authorise(deps, request);
      if (held.ending && request.body.step !== 'done') requireGood(held);
      const before = ({ alertId, place }: Alert): Promise<void> =>
        trail.done(request, {
          ...{ what: 'alertStepped', target: `alerts/${alertId}`, place },
          why: request.body.step,
        });
      await takeAnswerStep({ desk, bus, clock, before }, held, request.body);
      return toAnswerView(await authorise(deps, request), resources);
    },
  );
};

const addUploadRoutes = (app: ApiServer, deps: RouteDeps): void => {
  const shared = { tags, params: uploadParams, querystring: uploadQuery };
  app.get(
    `${url}/uploads/:uploadId`,
    {
      config,
      schema: {
        ...shared,
        operationId: 'getAnswerUpload',
        summary: 'How much of a picture is here already',
        response: { ...answer(UploadView, 'Go on from there.'), ...publicErrorAnswers(404, 410) },
      },
    },
    async (request) => {
      const held = await authorise(deps, request);
      requireGood(held);
      return { offset: await deps.uploads.offset(keyOf(held, request)) };
    },
  );
  app.patch(
    `${url}/uploads/:uploadId`,
    {
      config,
      schema: {
        ...shared,
        operationId: 'addToAnswerUpload',
        summary: 'Adds a chunk to a picture, at most 512 KiB; the last one makes it the alert’s',
        consumes: [chunkType],
        headers: uploadHeaders,
        response: { ...answer(UploadView, 'How much is here now.'), ...publicErrorAnswers(404, 409, 410) },
      },
    },
    async (request) => {
      const held = await authorise(deps, request);
      requireGood(held);
      const { alert } = held;
      const offset = Number(request.headers['upload-offset']);
      return takeChunk(deps, request, { key: keyOf(held, request), ground: alert.place, alert, offset });
    },
  );
};

const keyOf = (
  { alert, link }: HeldAnswer,
  {
    params: { uploadId: id },
    query,
  }: { params: { uploadId: string }; query: { when: 'before' | 'after'; sizeBytes: number } },
) => ({ alertId: alert.alertId, by: toResponderId(link.responder), uploadId: id, ...query });
