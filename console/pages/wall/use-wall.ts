import { useState } from 'preact/hooks';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { fillByHand, fillByPlace } from './fill.ts';
import { type Layout, loadLayouts, removeLayout, saveLayout, type WallSize } from './layouts.ts';

interface Choice {
  size: WallSize;
  place: string;
  page: number;
  /** Chosen by hand; filled by place while there are none. */
  cameraIds: readonly (string | null)[] | undefined;
  /** The saved layout that is shown. */
  name: string;
}

/** What a wall shows, and what changes it. */
export const useWall = (cameras: readonly CameraView[], userId: string) => {
  const [layouts, setLayouts] = useState(() => loadLayouts(userId));
  const [choice, setChoice] = useState<Choice>({
    size: 4,
    place: '',
    page: 0,
    cameraIds: undefined,
    name: '',
  });
  const { size, place, page, cameraIds } = choice;
  const filled = cameraIds ? fillByHand(cameras, cameraIds, size) : fillByPlace(cameras, place, size, page);
  const change = (facts: Partial<Choice>): void => setChoice((now) => ({ ...now, ...facts }));
  return {
    ...choice,
    ...filled,
    layouts,
    setSize: (wanted: WallSize) => change({ size: wanted, page: 0 }),
    setPlace: (wanted: string) => change({ place: wanted, page: 0, cameraIds: undefined, name: '' }),
    turn: (by: number) => change({ page: Math.min(filled.pages - 1, Math.max(0, page + by)) }),
    put: (tile: number, cameraId: string | null) =>
      change({
        cameraIds: Array.from({ length: 16 }, (_, index) =>
          index === tile ? cameraId : ((cameraIds ?? filled.cameras.map((one) => one?.id))[index] ?? null),
        ),
      }),
    show: (layout: Layout | undefined) =>
      change(layout ? { ...layout, page: 0 } : { cameraIds: undefined, name: '', page: 0 }),
    save: (name: string) => {
      const shown = cameraIds ?? filled.cameras.map((one) => one?.id ?? null);
      setLayouts(saveLayout(userId, { name, size, cameraIds: shown.slice(0, size) }));
      change({ name: name.trim(), cameraIds: shown });
    },
    remove: (name: string) => {
      setLayouts(removeLayout(userId, name));
      change({ name: '' });
    },
  };
};

export type Wall = ReturnType<typeof useWall>;
