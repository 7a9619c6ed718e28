import { useEffect, useState } from 'preact/hooks';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { fillByHand, fillByPlace } from './fill.ts';
import { keepShown, lastShown, type WallChoice } from './last-shown.ts';
import { type Layout, mostTiles, type WallSize } from './layouts/layouts.ts';

/** What a wall shows, and what changes it; this browser remembers it for whoever is signed in. */
export const useWall = (userId: string, cameras: readonly CameraView[]) => {
  const [choice, setChoice] = useState(() => lastShown(userId));
  useEffect(() => keepShown(userId, choice), [userId, choice]);
  const { size, cameraIds } = choice;
  // What was shown last may be of cameras that are gone meanwhile.
  const place = cameras.some((camera) => camera.place.startsWith(choice.place)) ? choice.place : '';
  const filled = cameraIds
    ? fillByHand(cameras, cameraIds, size)
    : fillByPlace(cameras, place, size, choice.page);
  const page = Math.min(choice.page, filled.pages - 1);
  const change = (facts: Partial<WallChoice>): void => setChoice((now) => ({ ...now, ...facts }));
  return {
    ...choice,
    ...{ place, page },
    ...filled,
    setSize: (wanted: WallSize) => change({ size: wanted, page: 0 }),
    setPlace: (wanted: string) => change({ place: wanted, page: 0, cameraIds: undefined, layoutId: '' }),
    turn: (by: number) => change({ page: Math.min(filled.pages - 1, Math.max(0, page + by)) }),
    put: (tile: number, cameraId: string | null) =>
      change({
        cameraIds: Array.from({ length: mostTiles }, (_, index) =>
          index === tile ? cameraId : ((cameraIds ?? filled.cameras.map((one) => one?.id))[index] ?? null),
        ),
      }),
    show: (layout: Layout | undefined) => {
      if (!layout) return change({ cameraIds: undefined, layoutId: '', page: 0 });
      const { layoutId, size: wanted, cameraIds: ids } = layout;
      change({ layoutId, size: wanted, cameraIds: ids, page: 0 });
    },
    /** What would be kept of it. */
    shown: () => ({
      size,
      cameraIds: (cameraIds ?? filled.cameras.map((one) => one?.id ?? null)).slice(0, size),
    }),
    /** The layout is no more; the wall goes on showing what it did. */
    forgetLayout: () => change({ layoutId: '' }),
  };
};

export type Wall = ReturnType<typeof useWall>;
