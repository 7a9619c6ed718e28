import { type Layouts, maxLayouts } from '../../core/schema/layout.ts';
import type { World } from './open-world.ts';
import type { Ask, CaseFacts, RouteCases } from './route-case.ts';

const url = '/api/v1/layouts';
/** Everybody who walks. */
const owners = ['own', 'stranger', 'villager', 'chief', 'key:sparrow-key'];

/** The first revision of each. */
const revision = 1;

/** Everybody has a layout that is called after where they are, with a camera of the township that is asked for. */
const keep = ({ world, town, own }: CaseFacts, count = 1): void => {
  const layouts = Array.from({ length: count }, (_, index) => ({
    ...{ layoutId: index === 0 ? `${own.tag}-wall` : `wall-${index}`, revision, name: 'wall' },
    ...{ size: 4 as const, cameraIds: [`${town.tag}-gate`, null] },
  }));
  const kept: Layouts = { schemaVersion: 1, revision, layouts };
  for (const owner of owners) world.layoutStore.write(owner, kept);
};

/** One of another, then one's own with another's camera. */
const both = (facts: CaseFacts, rest: Partial<Ask> = {}): Ask[] => {
  keep(facts);
  return [facts.town, facts.own].map(({ tag }) => ({ url: `${url}/${tag}-wall`, ...rest }));
};

const seen = { 'if-match': `"${revision}"` };

export const layoutCases: RouteCases = {
  [`GET ${url}`]: {
    asks: (facts) => {
      keep(facts);
      return [{ url }];
    },
  },
  [`GET ${url}/:layoutId`]: { asks: both },
  [`PUT ${url}/:layoutId`]: {
    asks: (facts) =>
      both(facts, {
        headers: seen,
        payload: { name: 'day', size: 4, cameraIds: [`${facts.town.tag}-gate`] },
      }),
  },
  [`DELETE ${url}/:layoutId`]: {
    status: 204,
    isNameless: true,
    asks: (facts) => both(facts, { headers: seen }),
  },
};

/** As many as somebody may have, and one more. */
export const oneTooMany = (world: World, town: CaseFacts['town']): Ask => {
  keep({ world, town, own: town }, maxLayouts);
  const payload = { name: 'day', size: 1, cameraIds: [] };
  return { url: `${url}/another`, headers: { 'if-none-match': '*' }, payload };
};
