import type { LayoutFacts } from '../../../../core/schema/layout.ts';
import { forget, kept } from '../../../parts/kept.ts';
import { areCameraIds, maxNameLength, wallSizes } from './layouts.ts';

const keyOf = (userId: string): string => `wall.layouts.${userId}`;

const isLayout = (value: unknown): value is LayoutFacts => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, size, cameraIds } = value as Partial<Record<keyof LayoutFacts, unknown>>;
  if (typeof name !== 'string' || name.trim() === '' || name.length > maxNameLength) return false;
  return wallSizes.some((one) => one === size) && areCameraIds(cameraIds);
};

/** Layouts that this browser kept by itself before the site did. What is not understood is left out. */
export const leftLayouts = (userId: string): LayoutFacts[] => {
  try {
    const stored: unknown = JSON.parse(kept(keyOf(userId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isLayout).slice(0, 20) : [];
  } catch {
    return [];
  }
};

/** From then on the site alone has layouts. */
export const forgetLeft = (userId: string): void => forget(keyOf(userId));
