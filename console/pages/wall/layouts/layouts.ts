import type { Layout, LayoutFacts, WallSize } from '../../../../core/schema/layout.ts';
import { ask } from '../../../http/ask.ts';

export type { Layout, WallSize };

export const wallSizes: readonly WallSize[] = [1, 4, 9, 16];
export const mostTiles = Math.max(...wallSizes);
export const maxNameLength = 40;

/** Whether something kept names cameras of tiles; null is a tile without one. */
export const areCameraIds = (value: unknown): value is (string | null)[] =>
  Array.isArray(value) &&
  value.length <= mostTiles &&
  value.every((id) => id === null || typeof id === 'string');

export const layoutsPath = '/api/v1/layouts';

/** As long as a browser that speaks without TLS can make them, too. */
const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `wall-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
};

/**
 * Keeps what a wall shows under its name, in place of one of `layouts` that has the name. Throws AskFailure: `setting-stale`
 * when that one was changed elsewhere, `layouts-full`.
 */
export const keepLayout = (layouts: readonly Layout[], facts: LayoutFacts): Promise<Layout> => {
  const before = layouts.find(({ name }) => name === facts.name);
  return ask<Layout>(`${layoutsPath}/${before?.layoutId ?? newId()}`, {
    method: 'PUT',
    headers: before ? { 'If-Match': `"${before.revision}"` } : { 'If-None-Match': '*' },
    body: facts,
  });
};

/** Throws AskFailure: `setting-stale` when it was changed elsewhere. */
export const removeLayout = ({ layoutId, revision }: Layout): Promise<void> =>
  ask(`${layoutsPath}/${layoutId}`, { method: 'DELETE', headers: { 'If-Match': `"${revision}"` } });
