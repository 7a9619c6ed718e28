import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { narrowGround } from '../auth/principal.ts';
import { pageOf, parseCursor } from '../http/cursor.ts';
import { named, refTo } from '../schema/named.ts';
import { nextCursor } from '../schema/pages.ts';
import { cursor, limit, place } from '../schema/query.ts';
import {
  liesWithin,
  type SettingSection,
  sectionRules,
  settingIdOf,
  settingSections,
} from '../settings/sections.ts';
import { veilResource } from '../settings/veil-addresses.ts';
import { type ApiServer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';
import { settingSchemas } from './setting-routes.ts';

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const defaultLimit = 50;

const itemSchemaOf = (section: SettingSection) => {
  const schema = settingSchemas.find(({ $id }) => $id === `${sectionRules[section].singular}Settings`);
  if (!schema) throw new TypeError(`the section ${section} has no schema`);
  return schema;
};

const pages = new Map(
  settingSections.map((section) => {
    const item = closed({
      revision: Type.Integer({ minimum: 1, description: 'what `If-Match` takes' }),
      value: refTo(itemSchemaOf(section)),
    });
    const name = `${sectionRules[section].singular}SettingsPage`;
    return [section, named(name, closed({ items: Type.Array(item), nextCursor }))];
  }),
);
export const settingPageSchemas = [...pages.values()];

/** What is configured, section by section. */
export const addSettingListRoutes = (app: ApiServer, deps: RouteDeps): void => {
  for (const section of settingSections) addList(app, deps, section);
};

const addList = (app: ApiServer, { resources, store }: RouteDeps, section: SettingSection): void => {
  const { singular, right } = sectionRules[section];
  const page = pages.get(section);
  if (!page) throw new TypeError(`the section ${section} has no page`);
  app.get(
    `/api/v1/settings/${section}`,
    {
      config: { right },
      schema: {
        operationId: `list${singular}Settings`,
        summary: `All ${section} of the ground, as configured`,
        description: 'By id, each with its revision. User names and passwords in addresses come veiled.',
        tags: ['settings'],
        querystring: closed({ place, cursor, limit: limit(200, defaultLimit) }),
        response: { 200: { ...refTo(page), description: 'A page of them.' }, ...errorAnswers() },
      },
    },
    async (request) => {
      const { place: wanted, cursor: given, limit: size = defaultLimit } = request.query;
      const after = parseCursor(given, idPattern);
      const ground = narrowGround(principalOf(request).ground, wanted);
      if (ground === undefined) return { items: [] };
      const mine = (value: object) => liesWithin(section, value, resources, ground);
      const found = pageOf(
        (resources[section]() as readonly object[]).filter(mine),
        settingIdOf,
        after,
        size,
      );
      const stored = await Promise.all(
        found.items.map((item) => store.get(`${section}.${settingIdOf(item)}`)),
      );
      // The bucket is ahead of what is in force by a moment: what was moved out of the ground or removed is not told.
      const items = stored.flatMap((one) =>
        one && mine(one.value as object) ? [{ revision: one.revision, value: veilResource(one.value) }] : [],
      );
      return { ...found, items };
    },
  );
};
