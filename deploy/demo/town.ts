import type { Camera } from '../../core/schema/camera.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Site } from '../../core/schema/site.ts';
import type { CameraRecipe } from './camera-recipe.ts';
import { townCode, townPlaces } from './places.ts';
import { townDuty } from './town-duty.ts';

const ownerUnit = '蔡市镇人民政府';

/** The demo town: a simulated camera in each village and two on a square, each watching what its clip is made for. `gateway`: address of the loudspeakers'. */
export const createTown = (
  recipes: readonly CameraRecipe[],
  urlOf: (cameraId: string) => string,
  gateway: string,
): Site => {
  const { deadlines, ...duty } = townDuty(gateway);
  return {
    site: {
      id: 'caishi',
      name: '蔡市镇',
      place: townCode,
      timezone: 'Asia/Shanghai',
      allowedNetworks: ['127.0.0.0/8'],
      deadlines,
      evidence: { quota: '2GB', retention: '30d' },
    },
    places: [...townPlaces],
    cameras: recipes.map((recipe, index) =>
      toCamera(recipe, villageOf(recipes, recipe), urlOf(recipe.id), index),
    ),
    scenarios: [...recipes.flatMap(toScenarios), cameraHealth],
    ...duty,
  };
};

const cameraHealth: Scenario = {
  id: 'camera-health',
  kind: 'cameraHealth',
  name: '摄像机在线巡检',
  places: [townCode],
  severity: 'low',
};

const villages = townPlaces.filter(({ code }) => code.length === 12);

const villageOf = (recipes: readonly CameraRecipe[], recipe: CameraRecipe): string => {
  const own = recipes.findIndex(({ id }) => id === (recipe.beside ?? recipe.id));
  return villages[Math.max(0, own) % villages.length]?.code ?? townCode;
};

const toCamera = (recipe: CameraRecipe, place: string, url: string, index: number): Camera => ({
  id: recipe.id,
  name: recipe.name.zh,
  place,
  gbCode: `43110301001320${String(index + 1).padStart(6, '0')}`,
  ...locationOf(place, index),
  stream: { url },
  register: {
    category: recipe.category,
    signPosted: true,
    filingNumber: `演示-${String(index + 1).padStart(4, '0')}`,
    owner: ownerUnit,
  },
  zones: [...recipe.zones],
});

/** Beside the middle of its village, each camera another way. */
const locationOf = (place: string, index: number): Pick<Camera, 'location'> => {
  const middle = townPlaces.find(({ code }) => code === place)?.location;
  if (!middle) return {};
  const aside = (turn: number): number => Math.round(2000 * turn) / 1_000_000; // some 200 m
  return {
    location: {
      longitude: Number((middle.longitude + aside(Math.cos(index))).toFixed(6)),
      latitude: Number((middle.latitude + aside(Math.sin(index))).toFixed(6)),
    },
  };
};

const toScenarios = (recipe: CameraRecipe): Scenario[] =>
  recipe.scenarios.map((scenario) => ({ ...scenario, cameras: [recipe.id] }) as Scenario);

/** A site with the user's own camera alone: the whole picture is watched for people and vehicles. */
export const createOwnSite = (url: string, allowedNetworks: string[], hasCredentials: boolean): Site => ({
  site: {
    id: 'own',
    name: '试用',
    place: townCode,
    timezone: 'Asia/Shanghai',
    allowedNetworks,
  },
  places: [...townPlaces],
  cameras: [
    {
      id: 'own-camera',
      name: '自有摄像机',
      place: townCode,
      stream: { url, ...(hasCredentials ? { credentials: 'own-camera' } : {}) },
      register: { category: 'villageEntrance', signPosted: true, filingNumber: '试用', owner: '试用单位' },
      zones: [
        {
          id: 'whole',
          polygon: [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        },
      ],
    },
  ],
  scenarios: [
    {
      id: 'own-presence',
      kind: 'intrusion',
      name: '有人或车进入画面',
      cameras: ['own-camera'],
      zone: 'whole',
      severity: 'medium',
      labels: ['person', 'bicycle', 'car', 'motorcycle', 'bus', 'truck'],
      dwell: '2s',
      purpose: 'keyPlaceSafety',
    },
    {
      id: 'own-standing-vehicle',
      kind: 'blockedLane',
      name: '车辆久停',
      cameras: ['own-camera'],
      zone: 'whole',
      severity: 'low',
      dwell: '60s',
    },
  ],
});
