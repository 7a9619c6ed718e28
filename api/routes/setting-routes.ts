import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { apiError } from '../errors.ts';
import { named, refTo } from '../schema/named.ts';
import { changeSetting } from '../settings/change-setting.ts';
import { liesWithin, type SettingSection, sectionRules, settingSections } from '../settings/sections.ts';
import { veilResource } from '../settings/veil-addresses.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

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
export const changeQuery = closed({
  dryRun: Type.Optional(Type.Boolean({ description: 'says what would change, and changes nothing' })),
});
export const SettingOutcome = named(
  'SettingOutcome',
  Type.Object(
    {
      revision: Type.Integer({ description: 'what `ETag` says too; 0 after a dry run or a removal' }),
      changes: Type.Array(Type.String(), { description: 'what differs: `stream.url: "a" → "b"`' }),
    },
    { examples: [{ revision: 17, changes: ['name: "村口" → "村口东"'] }] },
  ),
);

/** Configuration, one resource at a time: what `xueliang apply` does with a file. */
export const addSettingRoutes = (app: ApiServer, deps: RouteDeps): void => {
  for (const section of settingSections) addSection(app, deps, section);
};

const addSection = (app: ApiServer, deps: RouteDeps, section: SettingSection): void => {
  const { singular, right, placesOf } = sectionRules[section];
  const schema = settingSchemas.find(({ $id }) => $id === `${singular}Settings`);
  if (!schema) throw new TypeError(`the section ${section} has no schema`);
  const { resources, store } = deps;
  const url = `/api/v1/settings/${section}/:id`;
  const tags = ['settings'];
  const config = { right };

  /** One outside the asker's ground is not there for them. */
  const find = async (request: FastifyRequest, id: string) => {
    const stored = await store.get(`${section}.${id}`);
    if (!stored || !isMine(request, stored.value)) return undefined;
    return stored;
  };
  const isMine = (request: FastifyRequest, value: unknown): boolean =>
    liesWithin(section, value, resources, principalOf(request).ground);
  const unknown = (id: string) =>
    apiError('setting-unknown', `there is no ${section} '${id}' in your ground`);
  const change = async (request: FastifyRequest, reply: FastifyReply, id: string, value: unknown) => {
    const there = await store.get(`${section}.${id}`);
    const stored = there && isMine(request, there.value) ? there : undefined;
    if (value === undefined && !stored) throw unknown(id);
    if (value !== undefined && !isMine(request, value))
      throw apiError('ground-forbidden', `what '${id}' would become lies outside your ground`);
    // What it would break elsewhere, or that it was tried, is nothing that who asks may read.
    if (there && !stored) throw apiError('setting-stale', `the id '${id}' is taken; give it another`);
    const places = placesOf((value ?? stored?.value) as Record<string, unknown>, resources);
    const place = places.length === 1 ? places[0] : undefined;
    const isDryRun = (request.query as { dryRun?: boolean }).dryRun ?? false;
    return changeSetting(deps, request, reply, { section, id, stored, value, place, isDryRun });
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
      return reply.header('ETag', `"${stored.revision}"`).send(veilResource(stored.value));
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
          'Takes `If-Match` with the revision that is to be changed, or `If-None-Match: *` to add. What came veiled (`***`) in an address and goes back unchanged stays as it is stored. With `dryRun` it is checked and nothing is written.',
        querystring: changeQuery,
        body: sectionRules[section].schema,
        response: { ...answer(SettingOutcome, 'Done.'), ...errorAnswers(412, 428) },
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
        response: { ...answer(SettingOutcome, 'Done.'), ...errorAnswers(404, 412, 428) },
      },
    },
    (request, reply) => change(request, reply, request.params.id, undefined),
  );
};
