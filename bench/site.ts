import type { Camera } from '../core/schema/camera.ts';
import type { Scenario } from '../core/schema/scenario.ts';
import type { Site, SiteSettings } from '../core/schema/site.ts';
import { townCode, townPlaces } from '../deploy/demo/places.ts';
import type { View } from './footage/view.ts';

/** A simulated camera and what it looks at. */
export interface ViewedCamera {
  id: string;
  view: View;
}

export type SiteTuning = Pick<SiteSettings, 'awakeFps' | 'workers' | 'decodeThreads' | 'detectorThreads'>;

const villages = townPlaces.filter(({ code }) => code.length === 12);

/** The site file of a town whose cameras are all simulated, with every scenario of every view on. */
export const createBenchSite = (
  cameras: readonly ViewedCamera[],
  urlOf: (cameraId: string) => string,
  tuning: SiteTuning,
): Site => ({
  site: {
    id: 'bench',
    name: '测试镇',
    place: townCode,
    timezone: 'Asia/Shanghai',
    allowedNetworks: ['127.0.0.0/8'],
    evidence: { quota: '2GB', retention: '30d' },
    ...tuning,
  },
  places: [...townPlaces],
  cameras: cameras.map((camera, index) => toCamera(camera, urlOf(camera.id), index)),
  scenarios: [...new Set(cameras.map(({ view }) => view))].flatMap((view) => toScenarios(view, cameras)),
});

const toCamera = ({ id, view }: ViewedCamera, url: string, index: number): Camera => ({
  id,
  name: id,
  place: villages[index % villages.length]?.code ?? townCode,
  stream: { url },
  register: { category: view.category, signPosted: true, filingNumber: id, owner: '测试' },
  zones: [...view.zones],
});

const toScenarios = (view: View, cameras: readonly ViewedCamera[]): Scenario[] => {
  const ids = cameras.filter((camera) => camera.view === view).map(({ id }) => id);
  // A reel is shown again within any cool-down; each showing is to be found by itself.
  return view.scenarios.map((scenario) => ({ ...scenario, coolDown: '0s', cameras: ids }) as Scenario);
};
