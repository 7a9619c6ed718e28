import type { Camera } from '../../core/schema/camera.ts';
import type { Polygon } from '../../core/schema/geometry.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Site } from '../../core/schema/site.ts';
import type { Outline } from '../truth/walkers.ts';

/** Where people go: the road at the right edge of the view. */
export const enteredZone: Outline = [
  [0.75, 0.55],
  [0.98, 0.62],
  [0.98, 0.75],
  [0.75, 0.68],
];
/** Where nobody goes: the lawn at the lower right, well inside the part of the view that the ground truth covers. */
export const emptyZone: Outline = [
  [0.72, 0.83],
  [0.95, 0.87],
  [0.95, 0.91],
  [0.72, 0.9],
];
/** Around the parked van. */
const vanZone: Outline = [
  [0.82, 0.06],
  [0.96, 0.06],
  [0.96, 0.2],
  [0.82, 0.2],
];
/** The open place that everybody crosses on foot. */
const crossing: Outline = [
  [0.4, 0.3],
  [0.8, 0.3],
  [0.8, 0.6],
  [0.4, 0.6],
];

export const dwellSeconds = 2;
export const clearSeconds = 5;
export const vanDwellSeconds = 15;

const place = '431103110201';
const copy = (outline: Outline): Polygon => outline.map(([x, y]) => [x, y]);

const camera = (id: string, url: string): Camera => ({
  id,
  name: id,
  place,
  stream: { url },
  register: { category: 'road', signPosted: true, filingNumber: 'test', owner: 'test' },
  zones: [
    { id: 'entered', polygon: copy(enteredZone) },
    { id: 'empty', polygon: copy(emptyZone) },
    { id: 'van', polygon: copy(vanZone) },
    { id: 'crossing', polygon: copy(crossing) },
  ],
});

const intrusion = (id: string, zone: string): Scenario => ({
  id,
  kind: 'intrusion',
  name: id,
  cameras: ['square'],
  zone,
  severity: 'medium',
  labels: ['person'],
  dwell: `${dwellSeconds}s`,
  clearAfter: `${clearSeconds}s`,
  coolDown: '0s', // each situation of the truth is told by itself
  purpose: 'keyPlaceSafety',
});

const blockedLane = (id: string, cameraId: string, zone: string): Scenario => ({
  id,
  kind: 'blockedLane',
  name: id,
  cameras: [cameraId],
  zone,
  severity: 'high',
  dwell: `${vanDwellSeconds}s`,
});

/** One site over the PETS sequence: `square` is the whole of it, `yard` the same with the van arriving late. */
export const createPetsSite = (urlOf: (cameraId: string) => string, model: string | undefined): Site => ({
  site: {
    id: 'pets',
    name: '测试',
    place: '431103110',
    timezone: 'Asia/Shanghai',
    allowedNetworks: ['127.0.0.0/8'],
    awakeFps: 4,
    ...(model === undefined ? {} : { model }),
  },
  places: [
    { code: '431103110', name: '蔡市镇' },
    { code: place, name: '邓家铺村委会' },
  ],
  cameras: [camera('square', urlOf('square')), camera('yard', urlOf('yard'))],
  scenarios: [
    intrusion('entered', 'entered'),
    intrusion('empty', 'empty'),
    blockedLane('van-stands', 'square', 'van'),
    blockedLane('van-arrives', 'yard', 'van'),
    blockedLane('passers-by', 'square', 'crossing'),
  ],
});
