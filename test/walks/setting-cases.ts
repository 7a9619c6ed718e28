import { type SettingSection, settingIdOf, settingSections } from '../../api/settings/sections.ts';
import { type Ask, type CaseFacts, type RouteCase, type RouteCases, revisionOf } from './route-case.ts';

/** One of a section that belongs to the township; a calendar belongs to the site. */
const itemOf = (section: SettingSection, { town, world }: CaseFacts): Record<string, unknown> => {
  const item = section === 'calendars' ? world.resources.calendars()[0] : town.resources[section].at(-1);
  return item as unknown as Record<string, unknown>;
};

/** The same thing, moved to where who asks may write. */
const moved = (section: SettingSection, facts: CaseFacts): Record<string, unknown> => {
  const item = itemOf(section, facts);
  const { own } = facts;
  if ('ground' in item) return { ...item, ground: own.code };
  if (section === 'scenarios') return { ...item, ...own.resources.scenarios[0], id: item['id'] };
  return 'place' in item ? { ...item, place: own.village } : item;
};

const renamed = (item: Record<string, unknown>): Record<string, unknown> => ({ ...item, name: '改名' });

const sectionCases = (section: SettingSection): RouteCases => {
  const url = `/api/v1/settings/${section}`;
  const one = (facts: CaseFacts): string => `${url}/${settingIdOf(itemOf(section, facts))}`;
  const key = (facts: CaseFacts): string => `${section}.${settingIdOf(itemOf(section, facts))}`;
  const owner: Partial<RouteCase> = section === 'calendars' ? { owner: 'site' } : {};
  const puts = (facts: CaseFacts): Ask[] => {
    const seen = { 'if-match': revisionOf(facts.world, key(facts)) };
    const bodies = [renamed(itemOf(section, facts)), renamed(moved(section, facts))];
    // One's own, with a part of what is elsewhere in it.
    const mixed =
      section === 'scenarios'
        ? [{ ...facts.own.resources.scenarios[0], cameras: [`${facts.town.tag}-gate`] }]
        : [];
    const own = mixed.map((payload) => ({
      ...{ url: `${url}/${facts.own.tag}-night`, payload },
      headers: { 'if-match': revisionOf(facts.world, `scenarios.${facts.own.tag}-night`) },
    }));
    return [
      ...bodies.flatMap((payload) =>
        [seen, { 'if-none-match': '*' }].flatMap((headers) =>
          ['', '?dryRun=true'].map((query) => ({ url: `${one(facts)}${query}`, payload, headers })),
        ),
      ),
      ...own,
    ];
  };
  return {
    [`GET ${url}`]: {
      ...owner,
      asks: ({ town }) => [{ url: `${url}?limit=100` }, { url: `${url}?place=${town.code}` }],
    },
    [`GET ${url}/:id`]: { ...owner, asks: (facts) => [{ url: one(facts) }] },
    [`PUT ${url}/:id`]: { ...owner, asks: puts },
    [`DELETE ${url}/:id`]: {
      ...owner,
      isNameless: true,
      // A scenario watches it.
      ...(section === 'cameras' ? { status: 400 } : {}),
      asks: (facts) => {
        const headers = { 'if-match': revisionOf(facts.world, key(facts)) };
        return [
          { url: `${one(facts)}?dryRun=true`, headers },
          { url: one(facts), headers },
        ];
      },
    },
  };
};

const siteUrl = '/api/v1/settings/site';
const importUrl = '/api/v1/settings/cameras/import';

/** Ways in which a file names a camera: whole, or by its id alone, there or in the asker's own place. */
const imports = ({ town, own }: CaseFacts): Ask[] => {
  const [camera] = town.resources.cameras;
  const csv = { 'content-type': 'text/csv' };
  const yaml = { 'content-type': 'application/yaml' };
  const rows = [
    `id,name\n${camera?.id},改名`,
    `id,name,place\n${camera?.id},改名,${own.village}`,
    `id,place,credentials\nnew-one,${own.village},${camera?.stream.credentials}`,
  ];
  return [
    ...rows.flatMap((payload) =>
      ['', '?dryRun=true'].map((query) => ({ url: `${importUrl}${query}`, payload, headers: csv })),
    ),
    {
      url: importUrl,
      payload: `cameras: [${JSON.stringify({ ...camera, place: own.village })}]`,
      headers: yaml,
    },
  ];
};

export const settingCases: RouteCases = {
  ...Object.assign({}, ...settingSections.map(sectionCases)),
  [`GET ${siteUrl}`]: { owner: 'site', isNameless: true, asks: () => [{ url: siteUrl }] },
  [`PUT ${siteUrl}`]: {
    owner: 'site',
    isNameless: true,
    asks: ({ world, own }) => {
      const headers = { 'if-match': revisionOf(world, 'site.settings') };
      const settings = world.resources.site();
      return [
        { url: siteUrl, payload: settings, headers },
        { url: siteUrl, payload: { ...settings, place: own.code }, headers },
      ];
    },
  },
  [`POST ${importUrl}`]: { mayEcho: true, asks: imports },
};
