import type { Polygon } from '../../core/schema/geometry.ts';
import type { CameraRecipe, Stretch, SuggestedScenario } from './camera-recipe.ts';

type Purpose = 'crushRisk' | 'traffic' | 'keyPlaceSafety';

/** x and y of one corner after the other. */
const corners = (flat: readonly number[]): Polygon =>
  flat.flatMap((x, index) => (index % 2 === 0 ? [[x, flat[index + 1] ?? 0] as [number, number]] : []));

const empty = (seconds: number): Stretch => ({ kind: 'empty', seconds });
const live = (fromSeconds: number, toSeconds: number, holdSeconds = 0): Stretch => ({
  kind: 'live',
  fromSeconds,
  toSeconds,
  holdSeconds,
});

const intrusion = (
  id: string,
  name: string,
  zone: string,
  dwell: string,
  purpose: Purpose,
): SuggestedScenario => ({
  id,
  name,
  kind: 'intrusion',
  zone,
  labels: ['person'],
  dwell,
  purpose,
  severity: 'medium',
  clearAfter: '8s',
});

const crowd = (id: string, name: string, zone: string, count: number): SuggestedScenario => ({
  id,
  name,
  kind: 'crowd',
  zone,
  count,
  hysteresis: 1,
  dwell: '3s',
  purpose: 'crushRisk',
  severity: 'high',
  clearAfter: '8s',
});

/**
 * One camera per village of the demo town. Crops, stretches and zones were chosen by looking at the pictures: at each
 * cross-fade and at the loop's cut the zone is empty, and about three of the twelve views have somebody in them at a time.
 */
export const demoCameras: readonly CameraRecipe[] = [
  {
    // Two people cross the lawn and stop; one comes back. Empty for half of the round.
    id: 'granary-lawn',
    name: { zh: '粮站草坪', en: 'Granary lawn' },
    category: 'publicBuildingEntrance',
    crop: { x: 0, y: 304, width: 352, height: 264 },
    picture: { width: 640, height: 480 },
    stretches: [empty(20), live(46, 79.2), empty(36)],
    zones: [
      {
        id: 'lawn',
        name: '草坪',
        polygon: corners([0.04, 0.14, 0.86, 0.14, 0.97, 0.45, 0.97, 1, 0.04, 1]),
      },
    ],
    scenarios: [intrusion('granary-intrusion', '粮站草坪闯入', 'lawn', '2s', 'keyPlaceSafety')],
  },
  {
    // One person walks the path from right to left. Empty for most of the round.
    id: 'pump-house-path',
    name: { zh: '泵房小路', en: 'Pump-house path' },
    category: 'publicBuildingEntrance',
    crop: { x: 0, y: 0, width: 256, height: 144 },
    picture: { width: 640, height: 360 },
    stretches: [empty(30), live(6, 20), empty(36)],
    zones: [
      {
        id: 'path',
        name: '小路',
        polygon: corners([0.12, 0.72, 0.75, 0.55, 0.92, 0.55, 0.92, 0.78, 0.5, 0.94, 0.12, 0.98]),
      },
    ],
    scenarios: [intrusion('pump-house-intrusion', '泵房小路闯入', 'path', '3s', 'keyPlaceSafety')],
  },
  {
    // A van stands on the marked pavement from the first picture on; people pass in front of it.
    id: 'fire-lane',
    name: { zh: '消防通道', en: 'Fire lane' },
    category: 'road',
    crop: { x: 576, y: 16, width: 160, height: 120 },
    picture: { width: 512, height: 384 },
    stretches: [empty(30), live(8, 31.5), empty(40)],
    zones: [
      {
        id: 'lane',
        name: '消防通道',
        polygon: corners([0.36, 0.64, 0.6, 0.52, 0.98, 0.46, 0.98, 0.64, 0.7, 0.82, 0.36, 0.86]),
      },
    ],
    scenarios: [
      {
        id: 'fire-lane-blocked',
        name: '消防通道占用',
        kind: 'blockedLane',
        zone: 'lane',
        dwell: '20s',
        severity: 'high',
      },
    ],
  },
  {
    // Somebody stops on the near half of the pavement; others pass on the far half, outside the zone.
    id: 'closed-pavement',
    name: { zh: '封闭步道', en: 'Closed pavement' },
    category: 'road',
    crop: { x: 0, y: 128, width: 208, height: 156 },
    picture: { width: 512, height: 384 },
    stretches: [empty(10), live(14, 33.5), empty(45)],
    zones: [
      {
        id: 'pavement',
        name: '步道',
        polygon: corners([0.08, 0.68, 0.62, 0.7, 0.72, 0.72, 0.72, 0.86, 0.08, 0.8]),
      },
    ],
    scenarios: [intrusion('pavement-intrusion', '封闭步道闯入', 'pavement', '3s', 'traffic')],
  },
  {
    // One person stands at the edge of the road for eight seconds; the others only pass.
    id: 'bridge-verge',
    name: { zh: '桥头路边', en: 'Bridge verge' },
    category: 'road',
    crop: { x: 448, y: 336, width: 320, height: 240 },
    picture: { width: 640, height: 480 },
    stretches: [empty(25), live(40.5, 70), empty(35)],
    zones: [
      {
        id: 'verge',
        name: '路边',
        polygon: corners([0.46, 0.2, 0.9, 0.2, 0.9, 0.5, 0.75, 0.44, 0.46, 0.32]),
      },
    ],
    scenarios: [intrusion('bridge-lingering', '桥头路边滞留', 'verge', '5s', 'traffic')],
  },
  {
    // Several people walk along a road that is closed to them, one after the other.
    id: 'road-works',
    name: { zh: '施工路段', en: 'Road works' },
    category: 'road',
    crop: { x: 576, y: 256, width: 192, height: 144 },
    picture: { width: 512, height: 384 },
    stretches: [empty(8), live(9.5, 28.5), empty(50)],
    zones: [
      {
        id: 'road',
        name: '施工路段',
        polygon: corners([0.04, 0.24, 0.6, 0.2, 0.97, 0.42, 0.97, 1, 0.04, 1]),
      },
    ],
    scenarios: [intrusion('road-works-intrusion', '施工路段闯入', 'road', '2s', 'traffic')],
  },
  {
    // Up to four people meet on the square for six seconds.
    id: 'square-west',
    name: { zh: '广场西侧', en: 'Square, west side' },
    category: 'square',
    crop: { x: 128, y: 144, width: 256, height: 192 },
    picture: { width: 640, height: 480 },
    stretches: [empty(15), live(14.7, 35.6), empty(45)],
    zones: [
      {
        id: 'square',
        name: '广场',
        polygon: corners([0, 0.3, 0.9, 0.36, 0.9, 0.9, 0.6, 0.82, 0, 0.58]),
      },
    ],
    scenarios: [crowd('square-west-crowd', '广场西侧人员聚集', 'square', 3)],
  },
  {
    // Three to five people meet, one of them stays for a while.
    id: 'square-east',
    name: { zh: '广场东侧', en: 'Square, east side' },
    beside: 'square-west',
    category: 'square',
    crop: { x: 448, y: 240, width: 288, height: 216 },
    picture: { width: 640, height: 480 },
    stretches: [empty(40), live(40.6, 69.2), empty(30)],
    zones: [
      {
        id: 'square',
        name: '广场',
        polygon: corners([0.08, 0.2, 0.9, 0.2, 0.98, 0.34, 0.98, 0.95, 0.6, 0.84, 0.08, 0.54]),
      },
    ],
    scenarios: [crowd('square-east-crowd', '广场东侧人员聚集', 'square', 3)],
  },
  {
    // Two people stop in front of the gate and talk; a third turns round there.
    id: 'works-gate',
    name: { zh: '厂区门口', en: 'Works gate' },
    category: 'industrialSite',
    crop: { x: 608, y: 84, width: 160, height: 120 },
    picture: { width: 512, height: 384 },
    stretches: [empty(5), live(8.5, 35), empty(50)],
    zones: [
      {
        id: 'gate',
        name: '厂区门口',
        polygon: corners([0.34, 0.4, 0.72, 0.34, 0.86, 0.52, 0.82, 0.72, 0.28, 0.72]),
      },
    ],
    scenarios: [intrusion('works-gate-lingering', '厂区门口滞留', 'gate', '5s', 'keyPlaceSafety')],
  },
  {
    // One person crosses the lawn quickly, another lingers on it.
    id: 'lawn-corner',
    name: { zh: '绿地拐角', en: 'Lawn corner' },
    category: 'park',
    crop: { x: 256, y: 312, width: 352, height: 264 },
    picture: { width: 640, height: 480 },
    stretches: [empty(20), live(55.5, 71.5), empty(35)],
    zones: [
      {
        id: 'lawn',
        name: '绿地',
        polygon: corners([0.02, 0.2, 0.3, 0.3, 0.95, 0.72, 0.95, 1, 0.02, 1]),
      },
    ],
    scenarios: [intrusion('lawn-corner-intrusion', '绿地闯入', 'lawn', '2s', 'keyPlaceSafety')],
  },
  {
    // Somebody passes at a distance; nobody ever comes to the front.
    id: 'hall-front',
    name: { zh: '文化站门前', en: 'Culture station front' },
    category: 'publicBuildingEntrance',
    crop: { x: 224, y: 0, width: 240, height: 136 },
    picture: { width: 512, height: 290 },
    stretches: [empty(35), live(3, 16), empty(25)],
    zones: [
      {
        id: 'front',
        name: '门前',
        polygon: corners([0.36, 0.74, 0.98, 0.8, 0.98, 0.96, 0.3, 0.9]),
      },
    ],
    scenarios: [intrusion('hall-front-intrusion', '文化站门前闯入', 'front', '2s', 'keyPlaceSafety')],
  },
  {
    // People gather around a sign that hides some of them.
    id: 'assembly-point',
    name: { zh: '集合点', en: 'Assembly point' },
    category: 'square',
    crop: { x: 304, y: 144, width: 272, height: 204 },
    picture: { width: 640, height: 480 },
    stretches: [empty(12), live(0, 19.3, 1), empty(50)],
    zones: [
      {
        id: 'point',
        name: '集合点',
        polygon: corners([0.03, 0.25, 0.73, 0.25, 0.73, 0.95, 0.03, 0.9]),
      },
    ],
    scenarios: [crowd('assembly-point-crowd', '集合点人员聚集', 'point', 3)],
  },
];
