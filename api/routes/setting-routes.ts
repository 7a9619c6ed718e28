import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { diffResources } from '../../core/config/diff-site.ts';
import { closed } from '../../core/schema/closed.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { named, refTo } from '../schema/named.ts';
import { checkChange } from '../settings/change-site.ts';
import { type SettingSection, sectionRules, settingSections } from '../settings/sections.ts';
import { type ApiServer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

/** Resources under the names by which the description lists them. */
export const settingSchemas = settingSections.map((section) => {
  const { singular, schema } = sectionRules[section];
  return named(`${singular}Settings`, schema);
});

const params = closed({
  id: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    description: 'its id, or a place’s code',
    examples: ['gate-1'],
  }),
});
const changeQuery = closed({
  dryRun: Type.Optional(Type.Boolean({ description: 'says what would change, and changes nothing' })),
});
const Outcome = Type.Object({
  revision: Type.Integer({ description: 'what `ETag` says too; 0 after a dry run or a removal' }),
  changes: Type.Array(Type.String(), { description: 'what differs: `stream.url: "a" → "b"`' }),
});

/** Configuration, one resource at a time: what `xueliang apply` does with a file. */
export const addSettingRoutes = (app: ApiServer, deps: RouteDeps): void => {
  for (const section of settingSections) addSection(app, deps, section);
};

const addSection = (app: ApiServer, deps: RouteDeps, section: SettingSection): void => {
  const { singular, right, placesOf } = sectionRules[section];
  const schema = settingSchemas.find(({ $id }) => $id === `${singular}Settings`);
  if (!schema) throw new TypeError(`the section ${section} has no schema`);
  const { resources, store, trail } = deps;
  const url = `/api/v1/settings/${section}/:id`;
  const tags = ['settings'];
  const config = { right };

  /** One outside the asker's ground is not there for them. */
  const find = async (request: FastifyRequest, id: string) => {
    const stored = await store.get(`${section}.${id}`);
    if (!stored || !isMine(request, stored.value)) return undefined;
    return stored;
  };
  const isMine = (request: FastifyRequest, value: unknown): boolean => {
    const { ground } = principalOf(request);
    const places = placesOf(value as Record<string, unknown>, resources);
    return places.length === 0
      ? isWithin(resources.site().place, ground)
      : places.every((place) => isWithin(place, ground));
  };
  const unknown = (id: string) =>
    apiError('setting-unknown', `there is no ${section} '${id}' in your ground`);
  const change = async (request: FastifyRequest, reply: FastifyReply, id: string, value: unknown) => {
    const stored = await find(request, id);
    if (value === undefined && !stored) throw unknown(id);
    if (value !== undefined && !isMine(request, value))
      throw apiError('ground-forbidden', `what '${id}' would become lies outside your ground`);
    const revision = expectedRevision(request, stored?.revision ?? 0);
    checkChange(resources, section, id, value);
    const changes = describeChange(stored?.value, value);
    if ((request.query as { dryRun?: boolean }).dryRun) return { revision: 0, changes };
    const key = `${section}.${id}`;
    const what = value === undefined ? 'resourceRemoved' : 'resourceWritten';
    const [place, ...others] = placesOf((value ?? stored?.value) as Record<string, unknown>, resources);
    await trail.done(request, { what, target: key, ...(place && others.length === 0 ? { place } : {}) });
    const written =
      value === undefined ? await store.remove(key, revision) : await store.put(key, value, revision);
    if (written !== undefined) reply.header('ETag', `"${written}"`);
    return { revision: written ?? 0, changes };
  };

  app.get(
    url,
    {
      config,
      schema: {
        ...{
          operationId: `get${singular}Settings`,
          summary: `One of the ${section}, as configured`,
          tags,
          params,
        },
        querystring: closed({}),
        response: {
          200: { ...refTo(schema), description: 'It; `ETag` is its revision.' },
          ...errorAnswers(404),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const stored = await find(request, id);
      if (!stored) throw unknown(id);
      return reply.header('ETag', `"${stored.revision}"`).send(stored.value);
    },
  );

  app.put(
    url,
    {
      config,
      schema: {
        ...{
          operationId: `put${singular}Settings`,
          summary: `Adds or changes one of the ${section}`,
          tags,
          params,
        },
        description:
          'Takes `If-Match` with the revision that is to be changed, or `If-None-Match: *` to add.',
        querystring: changeQuery,
        body: sectionRules[section].schema,
        response: { 200: { ...Outcome, description: 'Done.' }, ...errorAnswers(404, 409, 412, 428) },
      },
    },
    (request, reply) => change(request, reply, request.params.id, request.body),
  );

  app.delete(
    url,
    {
      config,
      schema: {
        ...{
          operationId: `delete${singular}Settings`,
          summary: `Removes one of the ${section}`,
          tags,
          params,
        },
        description: 'Takes `If-Match` with the revision that is to go.',
        querystring: changeQuery,
        response: { 200: { ...Outcome, description: 'Done.' }, ...errorAnswers(404, 409, 412, 428) },
      },
    },
    (request, reply) => change(request, reply, request.params.id, undefined),
  );
};

/** The revision that a change is meant for. Throws when it is another by now, or when the request does not say. */
const expectedRevision = ({ headers }: FastifyRequest, current: number): number => {
  if (headers['if-none-match'] === '*') {
    if (current === 0) return 0;
    throw apiError('setting-stale', `it is there already, with revision ${current}; change it with If-Match`);
  }
  const given = /^"?(\d{1,16})"?$/.exec(headers['if-match'] ?? '')?.[1];
  if (given === undefined) {
    throw apiError(
      'revision-missing',
      'say with If-Match which revision you have seen, or If-None-Match: * to add',
    );
  }
  if (Number(given) === current) return current;
  throw apiError(
    'setting-stale',
    `revision ${given} is not the present one (${current}); look again, then change`,
  );
};

const describeChange = (before: unknown, after: unknown): string[] => {
  const toMap = (value: unknown) => new Map(value === undefined ? [] : [['it', value]]);
  return diffResources(toMap(before), toMap(after)).flatMap(({ change, details }) =>
    change === 'change' ? details : [change],
  );
};
