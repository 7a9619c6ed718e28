import { Type } from 'typebox';
import { auditVerbs } from '../../core/schema/audit.ts';
import { closed } from '../../core/schema/closed.ts';
import { isWithin, narrowGround } from '../auth/principal.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { AuditRecordPage } from '../schema/audit-view.ts';
import { anyOf, cursor, instant, limit, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const defaultLimit = 100;

const AuditListQuery = closed({
  place,
  from: instant('done at or after, in milliseconds since 1970'),
  to: instant('done before, in milliseconds since 1970'),
  who: anyOf(Type.String({ minLength: 1, maxLength: 80 }), 'who did it'),
  what: anyOf(Type.Enum(auditVerbs), 'what was done'),
  target: Type.Optional(
    Type.String({ maxLength: 200, description: 'what the target begins with', examples: ['cameras.'] }),
  ),
  cursor,
  limit: limit(500, defaultLimit),
});

/** Who did what. Whoever may see all of the site also sees what is of no place in it. */
export const addAuditRoutes = (app: ApiServer, { history, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/audit',
    {
      config: { right: 'audit.read' },
      schema: {
        operationId: 'listAudit',
        summary: 'The audit log, newest first',
        tags: ['audit'],
        querystring: AuditListQuery,
        response: { ...answer(AuditRecordPage, 'A page of records, newest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { who = [], what = [], from, to, target, ...query } = request.query;
      const { ground } = principalOf(request);
      const placePrefix = narrowGround(ground, query.place);
      const olderThan = parseCursor(query.cursor, /^\d{1,15}$/);
      if (placePrefix === undefined) return { items: [] };
      const { records, hasMore } = await history.audit({
        ...{ placePrefix, who, what },
        withPlaceless: query.place === undefined && isWithin(resources.site().place, ground),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(target === undefined ? {} : { target }),
        ...(olderThan === undefined ? {} : { olderThan: Number(olderThan) }),
        limit: query.limit ?? defaultLimit,
      });
      const last = records.at(-1);
      return {
        items: records,
        ...(hasMore && last ? { nextCursor: toCursor(String(last.number)) } : {}),
      };
    },
  );
};
