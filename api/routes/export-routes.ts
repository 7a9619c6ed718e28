import { type Static, Type } from 'typebox';
import { exportStateAt } from '../../core/export-steps.ts';
import { closed } from '../../core/schema/closed.ts';
import { ExportApproval, ExportRequest, exportStates } from '../../core/schema/export.ts';
import { AlertId } from '../../core/schema/ids.ts';
import { ulidPattern } from '../../core/schema/ulid.ts';
import { isWithin } from '../auth/principal.ts';
import { maySeeExport } from '../exports/export-rules.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { ExportPage, ExportView } from '../schema/export-view.ts';
import { anyOf, cursor, limit, place } from '../schema/query.ts';
import { addArchiveRoutes } from './archive-routes.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const defaultLimit = 20;
const params = closed({ exportId: AlertId });
const none = closed({});

const ExportListQuery = closed({
  place,
  state: anyOf(Type.Enum(exportStates), 'where they stand'),
  cursor,
  limit: limit(100, defaultLimit),
});

/** Evidence that somebody wants let out, and what a second person says to it. */
export const addExportRoutes = (app: ApiServer, deps: RouteDeps): void => {
  addAskRoute(app, deps);
  addReadRoutes(app, deps);
  addAnswerRoutes(app, deps);
  addArchiveRoutes(app, deps);
};

const addAskRoute = (app: ApiServer, { exportDesk, archiveDesk }: RouteDeps): void => {
  app.post(
    '/api/v1/exports',
    {
      config: { right: 'exports.ask' },
      schema: {
        operationId: 'askForExport',
        summary: 'Asks that evidence of alerts may be let out, which somebody else approves within a day',
        tags: ['exports'],
        querystring: none,
        body: ExportRequest,
        response: { ...answer(ExportView, 'The export as it is registered.'), ...errorAnswers(404, 409) },
      },
    },
    async (request) => archiveDesk.view(await exportDesk.ask(request, request.body)),
  );
};

const addReadRoutes = (
  app: ApiServer,
  { exportDesk, exportRegister, archiveDesk, clock }: RouteDeps,
): void => {
  app.get(
    '/api/v1/exports',
    {
      config: { right: 'exports.ask' },
      schema: {
        operationId: 'listExports',
        summary:
          'The register of exports, newest first: your own, and with the right to approve all of your ground',
        tags: ['exports'],
        querystring: ExportListQuery,
        response: { ...answer(ExportPage, 'A page of exports, newest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const olderThan = parseCursor(query.cursor, ulidPattern);
      const principal = principalOf(request);
      const now = clock.now();
      const found = exportRegister
        .all()
        .filter((one) => maySeeExport(principal, one) && isAsked(query, one.ground))
        .filter((one) => query.state?.includes(exportStateAt(one, now)) ?? true)
        .filter(({ exportId }) => olderThan === undefined || exportId < olderThan);
      const shown = found.slice(0, query.limit ?? defaultLimit);
      const items = await Promise.all(shown.map((one) => archiveDesk.view(one)));
      const last = items.at(-1);
      return {
        items,
        ...(last && found.length > items.length ? { nextCursor: toCursor(last.exportId) } : {}),
      };
    },
  );

  app.get(
    '/api/v1/exports/:exportId',
    {
      config: { right: 'exports.ask' },
      schema: {
        operationId: 'getExport',
        summary: 'An export: what for, by whom, and what was said to it',
        tags: ['exports'],
        params,
        querystring: none,
        response: { ...answer(ExportView, 'The export as it is now.'), ...errorAnswers(404) },
      },
    },
    async (request) => archiveDesk.view((await exportDesk.find(request, request.params.exportId)).exported),
  );
};

const isAsked = ({ place: asked }: Static<typeof ExportListQuery>, ground: string): boolean =>
  asked === undefined || isWithin(ground, asked);

const addAnswerRoutes = (app: ApiServer, { exportDesk, archiveDesk }: RouteDeps): void => {
  app.post(
    '/api/v1/exports/:exportId/approval',
    {
      config: { right: 'exports.approve' },
      schema: {
        operationId: 'answerExport',
        summary: 'Approves what somebody else asked to be let out, or refuses it and says why',
        tags: ['exports'],
        params,
        querystring: none,
        body: ExportApproval,
        response: { ...answer(ExportView, 'The export as it is now.'), ...errorAnswers(404, 409) },
      },
    },
    async (request) =>
      archiveDesk.view(await exportDesk.answer(request, request.params.exportId, request.body)),
  );

  app.delete(
    '/api/v1/exports/:exportId',
    {
      config: { right: 'exports.ask' },
      schema: {
        operationId: 'withdrawExport',
        summary: 'Withdraws what you asked for yourself; it stays in the register',
        tags: ['exports'],
        params,
        querystring: none,
        response: { ...answer(ExportView, 'The export as it is now.'), ...errorAnswers(404, 409) },
      },
    },
    async (request) => archiveDesk.view(await exportDesk.withdraw(request, request.params.exportId)),
  );
};
