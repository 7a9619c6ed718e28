import { keep, kept } from '../../parts/kept.ts';
import { areCameraIds, type WallSize, wallSizes } from './layouts/layouts.ts';

/** What a wall is told to show. */
export interface WallChoice {
  size: WallSize;
  /** Division code of the place that fills it; nothing: all of the ground. */
  place: string;
  page: number;
  /** Chosen by hand; filled by place while there are none. */
  cameraIds: readonly (string | null)[] | undefined;
  /** The kept layout that is shown. */
  layoutId: string;
}

const usual: WallChoice = { size: 4, place: '', page: 0, cameraIds: undefined, layoutId: '' };

const keyOf = (userId: string): string => `wall.shown.${userId}`;

/** What this user's wall showed last in this browser; four tiles of the whole ground where nothing is known or it is not understood. */
export const lastShown = (userId: string): WallChoice => {
  try {
    const stored: unknown = JSON.parse(kept(keyOf(userId)) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return usual;
    const { size, place, page, cameraIds, layoutId } = stored as Partial<Record<keyof WallChoice, unknown>>;
    return {
      size: wallSizes.find((one) => one === size) ?? usual.size,
      place: typeof place === 'string' ? place : '',
      page: Number.isInteger(page) ? Math.max(0, page as number) : 0,
      cameraIds: areCameraIds(cameraIds) ? cameraIds : undefined,
      layoutId: typeof layoutId === 'string' ? layoutId : '',
    };
  } catch {
    return usual;
  }
};

export const keepShown = (userId: string, choice: WallChoice): void =>
  keep(keyOf(userId), JSON.stringify(choice));
