import { keep, kept } from '../../parts/kept.ts';

export const wallSizes = [1, 4, 9, 16] as const;
export type WallSize = (typeof wallSizes)[number];

/** Which cameras a wall shows, and how many at once. */
export interface Layout {
  name: string;
  size: WallSize;
  /** One a tile; `null` leaves it empty. */
  cameraIds: readonly (string | null)[];
}

const maxLayouts = 20;
const maxNameLength = 40;

const isSize = (value: unknown): value is WallSize => wallSizes.some((size) => size === value);

const isLayout = (value: unknown): value is Layout => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, size, cameraIds } = value as Partial<Record<keyof Layout, unknown>>;
  if (typeof name !== 'string' || !isSize(size) || !Array.isArray(cameraIds)) return false;
  return cameraIds.length <= 16 && cameraIds.every((id) => id === null || typeof id === 'string');
};

const keyOf = (userId: string): string => `wall.layouts.${userId}`;

/** The layouts that a user has saved in this browser. What is not understood is left out. */
export const loadLayouts = (userId: string): Layout[] => {
  try {
    const stored: unknown = JSON.parse(kept(keyOf(userId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isLayout).slice(0, maxLayouts) : [];
  } catch {
    return [];
  }
};

const store = (userId: string, layouts: Layout[]): Layout[] => {
  keep(keyOf(userId), JSON.stringify(layouts));
  return layouts;
};

/** Saves it under its name, in place of one that had that name; the oldest goes when there are too many. */
export const saveLayout = (userId: string, layout: Layout): Layout[] => {
  const name = layout.name.trim().slice(0, maxNameLength);
  if (name === '') return loadLayouts(userId);
  const others = loadLayouts(userId).filter((one) => one.name !== name);
  return store(userId, [...others, { ...layout, name }].slice(-maxLayouts));
};

export const removeLayout = (userId: string, name: string): Layout[] =>
  store(
    userId,
    loadLayouts(userId).filter((layout) => layout.name !== name),
  );
