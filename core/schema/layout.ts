import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { ResourceId } from './ids.ts';

/** How many tiles a wall has. */
export const wallSizes = [1, 4, 9, 16] as const;
export type WallSize = (typeof wallSizes)[number];

/** More than anybody finds again. */
export const maxLayouts = 20;

/** What a wall shows. */
export const LayoutFacts = closed({
  name: Type.String({
    minLength: 1,
    maxLength: 40,
    pattern: '^\\S(.*\\S)?$',
    description: '1 to 40 characters, without spaces around them',
  }),
  size: Type.Enum(wallSizes),
  cameraIds: Type.Array(Type.Union([ResourceId, Type.Null()]), {
    maxItems: 16,
    description: 'one a tile, in the order of reading; null leaves it empty',
  }),
});
export type LayoutFacts = Static<typeof LayoutFacts>;

/** A layout as it is kept. */
export const Layout = closed({
  layoutId: ResourceId,
  /** Counted up by each change of any layout of the same user. */
  revision: Type.Integer({ minimum: 1 }),
  ...LayoutFacts.properties,
});
export type Layout = Static<typeof Layout>;

/** All layouts of somebody. */
export const Layouts = closed({
  schemaVersion: Type.Literal(1),
  /** The highest revision that there was, also of what was removed since. */
  revision: Type.Integer({ minimum: 0 }),
  layouts: Type.Array(Layout, { maxItems: maxLayouts }),
});
export type Layouts = Static<typeof Layouts>;
