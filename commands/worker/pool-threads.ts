import type { Camera } from '../../core/schema/camera.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import { maxCamerasPerWorker } from './limits.ts';

/**
 * For files, names, pictures and clips. No more than are needed: libuv gives each task to the thread that has waited
 * longest, so that all of them come to hold what the deepest task needs. Measured in decision 1.
 */
const otherThreads = 16;
/** libuv's own (UV_THREADPOOL_SIZE). */
const usualPoolThreads = 4;
/** Cameras that nobody has said are odd, and turn out to be. */
const unexpected = 16;

type Variables = Readonly<Record<string, string | undefined>>;

interface Planned {
  site: Pick<SiteSettings, 'ffmpegCameras'>;
  cameras: readonly Pick<Camera, 'stream'>[];
}

/** Threads of libuv's pool for a worker of this site: one for each camera that FFmpeg may have to read, and some. */
export const poolThreadsOf = ({ site, cameras }: Planned): number => {
  const overUdp = cameras.filter(({ stream }) => stream.transport === 'udp').length;
  return otherThreads + (site.ffmpegCameras ?? Math.min(maxCamerasPerWorker, overUdp + unexpected));
};

/** How many cameras FFmpeg may read at a time in a process that was started with these variables. */
export const ffmpegCamerasOf = (variables: Variables): number =>
  Math.max(0, Number(variables['UV_THREADPOOL_SIZE'] ?? usualPoolThreads) - otherThreads);
