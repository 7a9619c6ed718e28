import type { FastifyRequest } from 'fastify';
import type { CheckedLog } from '../../core/audit/verify-audit.ts';
import { feedName } from '../../core/bus/subjects.ts';
import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import type { AuditCheck } from '../inside.ts';
import { AuditCheckView, BusUsageView, ModelList, SweepList } from '../schema/inside-views.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const nothing = closed({});

/** What the program knows of its own inside: for whoever may see all of the site. */
export const addInsideRoutes = (app: ApiServer, deps: RouteDeps): void => {
  const { inside, resources, live } = deps;
  const requireWholeSite = (request: FastifyRequest): void => {
    if (isWithin(resources.site().place, principalOf(request).ground)) return;
    throw apiError('ground-forbidden', 'this is about the whole site, and your ground is a part of it');
  };
  app.get(
    '/api/v1/bus',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'getBusUsage',
        summary: 'How full the streams of the bus are, and how far behind who reads them is',
        tags: ['health'],
        querystring: nothing,
        response: { ...answer(BusUsageView, 'As it is now.'), ...errorAnswers(503) },
      },
    },
    async (request) => {
      requireWholeSite(request);
      const subscribers = resources
        .subscribers()
        .map(({ id, name, ground }) => ({ id, name, ground, consumer: feedName(id) }));
      return { streams: await inside.streams(), subscribers };
    },
  );

  app.get(
    '/api/v1/models',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'listModels',
        summary: 'The detection models there is a card for, and who runs them',
        tags: ['health'],
        querystring: nothing,
        response: { ...answer(ModelList, 'As `xueliang models list` has them.'), ...errorAnswers() },
      },
    },
    async () => {
      const roles = live.roles.all().filter(({ isStale }) => !isStale);
      const usersOf = (id: string) =>
        roles.filter(({ value }) => value.modelId === id).map(({ value }) => value.id);
      const models = await inside.models();
      return { items: models.map((model) => ({ ...model, usedBy: usersOf(model.id) })) };
    },
  );

  app.get(
    '/api/v1/models/sweeps',
    {
      config: { right: 'system.read' },
      schema: {
        operationId: 'listSweeps',
        summary: 'What each threshold would mean, measured on pictures of this site',
        description: 'What `xueliang eval sweep` kept in the data folder of the API; the 16 latest.',
        tags: ['health'],
        querystring: nothing,
        response: { ...answer(SweepList, 'The latest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      requireWholeSite(request);
      return { items: await inside.sweeps() };
    },
  );

  addAuditCheck(app, deps, requireWholeSite);
};

/** One reading of the log at a time serves all who ask for it meanwhile. */
const addAuditCheck = (
  app: ApiServer,
  { inside }: RouteDeps,
  requireWholeSite: (request: FastifyRequest) => void,
): void => {
  let running: Promise<AuditCheck> | undefined;
  app.get(
    '/api/v1/audit/check',
    {
      config: { right: 'audit.read' },
      schema: {
        operationId: 'checkAudit',
        summary: 'Whether somebody changed, cut or rewrote the audit log',
        description:
          'Reads all of it now, in the stream and in the history, as `xueliang audit verify` does.',
        tags: ['audit'],
        querystring: nothing,
        response: { ...answer(AuditCheckView, 'What was found.'), ...errorAnswers(503) },
      },
    },
    async (request) => {
      requireWholeSite(request);
      running ??= inside.checkAudit().finally(() => {
        running = undefined;
      });
      return toAuditCheckView(await running);
    },
  );
};

const toAuditCheckView = ({ at, stream, history, anchors, lastAnchor }: AuditCheck) => ({
  at,
  isSound: stream.fault === undefined && history?.fault === undefined,
  stream: toLogView(stream),
  ...(history ? { history: toLogView(history) } : {}),
  anchors,
  ...(lastAnchor ? { lastAnchor } : {}),
});

const toLogView = ({ first, head, fault }: CheckedLog) => ({
  first,
  last: head.number,
  ...(fault ? { fault } : {}),
});
