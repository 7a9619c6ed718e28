import { useState } from 'preact/hooks';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { fillByHand, fillByPlace } from './fill.ts';
import type { Layout, WallSize } from './layouts/layouts.ts';

interface Choice {
  size: WallSize;
  place: string;
  page: number;
  /** Chosen by hand; filled by place while there are none. */
  cameraIds: readonly (string | null)[] | undefined;
  /** The kept layout that is shown. */
  layoutId: string;
}

/** What a wall shows, and what changes it. */
export const useWall = (cameras: readonly CameraView[]) => {
  const [choice, setChoice] = useState<Choice>({
    size: 4,
    place: '',
    page: 0,
    cameraIds: undefined,
    layoutId: '',
  });
  const { size, place, page, cameraIds } = choice;
  const filled = cameraIds ? fillByHand(cameras, cameraIds, size) : fillByPlace(cameras, place, size, page);
  const change = (facts: Partial<Choice>): void => setChoice((now) => ({ ...now, ...facts }));
  return {
    ...choice,
    ...filled,
    setSize: (wanted: WallSize) => change({ size: wanted, page: 0 }),
    setPlace: (wanted: string) => change({ place: wanted, page: 0, cameraIds: undefined, layoutId: '' }),
    turn: (by: number) => change({ page: Math.min(filled.pages - 1, Math.max(0, page + by)) }),
    put: (tile: number, cameraId: string | null) =>
      change({
        cameraIds: Array.from({ length: 16 }, (_, index) =>
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
