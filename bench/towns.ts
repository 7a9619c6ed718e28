import { mainViews, mixedViews, townViews } from './footage/views.ts';
import type { BenchOptions, SideName } from './options.ts';
import { createTown, type Town } from './town.ts';

/** As many as each of these can be given without filling the machine: what a camera costs them is what counts. */
const quietCameras = 32;
const motionCameras = 8;
const plainCameras = 4;

/** The cameras that each side is given. */
export const createTowns = ({
  cameras,
  mainCameras,
  busyEverySeconds,
}: Pick<BenchOptions, 'cameras' | 'mainCameras' | 'busyEverySeconds'>): Record<SideName, Town> => {
  const townOf = (count: number): Town => createTown({ views: townViews, cameras: count, busyEverySeconds });
  const quietOf = (count: number): Town =>
    createTown({ views: townViews, cameras: count, busyEverySeconds: Number.POSITIVE_INFINITY });
  const town = townOf(cameras);
  return {
    ours: town,
    ours5: town,
    limits: town,
    one: townOf(1),
    plain: townOf(plainCameras),
    quiet: quietOf(quietCameras),
    motion: quietOf(motionCameras),
    main: createTown({ views: mainViews, cameras: mainCameras, busyEverySeconds }),
    mixed: createTown({ views: mixedViews, cameras: Math.ceil(cameras / 2), busyEverySeconds }),
  };
};
