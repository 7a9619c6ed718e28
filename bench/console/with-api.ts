import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Camera } from '../../core/schema/camera.ts';
import { createApiSite } from '../api/api-site.ts';
import { newAlert, raiseAlerts } from '../api/publish.ts';
import { type RunningApi, startApi } from '../api/running-api.ts';
import { createManyCameras, statusOf } from './many-cameras.ts';
import { type FirstLoad, measureFirstLoad } from './measures/first-load.ts';
import { type MapMoves, measureMapMoves } from './measures/map-moves.ts';
import { measureQueueScroll, type QueueScroll } from './measures/queue-scroll.ts';
import type { MeasureTools } from './run-console-bench.ts';

export const openAlerts = 1000;
export const mapCameras = 30_000;

/** What is measured with the role `api` alone and a real bus. */
export interface ApiMeasures {
  load?: FirstLoad[];
  queue?: QueueScroll[];
  map?: MapMoves[];
}

const repeat = async <Result>(rounds: number, once: () => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = [];
  for (let round = 0; round < rounds; round++) results.push(await once());
  return results;
};

/** The queue: opening it, and scrolling a thousand open alerts. */
export const measureQueue = async ({
  options,
  browser,
  folder,
  say,
  signal,
}: MeasureTools): Promise<ApiMeasures> => {
  const { measures, rounds } = options;
  const api = await startApi({
    folder: path.join(folder, 'queue'),
    site: createApiSite(),
    isPinned: false,
    signal,
  });
  try {
    say(`queue     ${openAlerts} open alerts`);
    await raiseAlerts(api.bus, openAlerts, signal);
    const load = await repeat(measures.includes('load') ? rounds + 1 : 0, () =>
      measureFirstLoad(browser, api.url),
    );
    const queue = await repeat(measures.includes('queue') ? rounds : 0, () =>
      measureQueueScroll(browser, api.url),
    );
    // The first opening finds the API cold, too; somebody else has always been there before.
    return { ...(load.length > 0 ? { load: load.slice(1) } : {}), ...(queue.length > 0 ? { queue } : {}) };
  } finally {
    await api.close();
  }
};

/** The map of a prefecture. */
export const measureMap = async ({
  options,
  browser,
  folder,
  say,
  signal,
}: MeasureTools): Promise<ApiMeasures> => {
  const site = createManyCameras(mapCameras);
  say(`map       ${mapCameras} cameras are entered`);
  const api = await startApi({ folder: path.join(folder, 'map'), site, isPinned: false, signal });
  try {
    await tellStatuses(api, site.cameras);
    await raiseAlerts(api.bus, openAlerts, signal);
    say('map       pan and zoom');
    const stopping = new AbortController();
    const changing = changeAllTheTime(api, site.cameras, AbortSignal.any([signal, stopping.signal]));
    try {
      return { map: await repeat(options.rounds, () => measureMapMoves(browser, api.url, mapCameras)) };
    } finally {
      stopping.abort();
      await changing;
    }
  } finally {
    await api.close();
  }
};

/** So many cameras change every second, and one alert is raised: a map of that many never stays as it is. */
const changes = 30;

const changeAllTheTime = async (
  { bus }: RunningApi,
  cameras: readonly Camera[],
  signal: AbortSignal,
): Promise<void> => {
  for (let second = 1; !signal.aborted; second++) {
    for (let index = 0; index < changes; index++) {
      const at = (second * changes + index) % cameras.length;
      const camera = cameras[at];
      if (camera) bus.publishCameraStatus(statusOf(camera, at + second));
    }
    await bus.appendAlertEvent(newAlert(second, cameras[(second * 101) % cameras.length]));
    await sleep(1000);
  }
};

const tellStatuses = async (
  { bus }: RunningApi,
  cameras: Parameters<typeof statusOf>[0][],
): Promise<void> => {
  for (const [index, camera] of cameras.entries()) {
    bus.publishCameraStatus(statusOf(camera, index));
    if (index % 500 === 499) await bus.nats.flush();
  }
  await bus.nats.flush();
};
