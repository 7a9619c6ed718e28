import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Layout, maxLayouts } from '../../core/schema/layout.ts';
import { named, refTo } from './named.ts';

/** A layout of whoever asks; tiles of cameras that are not in their ground are empty. */
export const LayoutView = named('Layout', Layout);
export type LayoutView = Static<typeof LayoutView>;

export const LayoutList = named(
  'LayoutList',
  closed({ items: Type.Array(refTo(LayoutView), { maxItems: maxLayouts }) }),
);
