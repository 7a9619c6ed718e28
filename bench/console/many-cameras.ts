import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { Site } from '../../core/schema/site.ts';
import { townCode, townPlaces } from '../../deploy/demo/places.ts';

const villages = townPlaces.filter(({ code }) => code.length === 12);
/** Some 2 km around the middle of a village, in degrees. */
const reach = 0.02;
/** Spreads without a pattern, the same in every run (shares of the golden and the plastic ratio). */
const share = (index: number, ratio: number): number => (index * ratio) % 1;

const cameraAt = (index: number): Camera => {
  const village = villages[index % villages.length];
  const [along, turn] = [Math.sqrt(share(index, 0.754877)), 2 * Math.PI * share(index, 0.618034)];
  const middle = village?.location ?? { longitude: 111.6, latitude: 26.3 };
  return {
    ...{ id: `cam-${index}`, name: `机 ${index}`, place: village?.code ?? townCode },
    stream: { url: `rtsp://127.0.0.1:9/cam-${index}` },
    register: { category: 'road', signPosted: true, filingNumber: `bench-${index}`, owner: '测试' },
    location: {
      longitude: Number((middle.longitude + reach * along * Math.cos(turn)).toFixed(6)),
      latitude: Number((middle.latitude + reach * along * Math.sin(turn)).toFixed(6)),
    },
    zones: [],
  };
};

/** A site of so many cameras that nobody watches. */
export const createManyCameras = (count: number): Site => ({
  site: {
    ...{ id: 'bench', name: '测试镇', place: townCode, timezone: 'Asia/Shanghai' },
    allowedNetworks: ['127.0.0.0/8'],
  },
  places: [...townPlaces],
  cameras: Array.from({ length: count }, (_, index) => cameraAt(index)),
  scenarios: [],
});

/** As a worker tells it: most dormant, some awake, some without a picture. */
export const statusOf = ({ id, place }: Camera, index: number): CameraStatus => {
  const at = Date.now();
  return {
    ...{ cameraId: id, place, workerId: 'bench', at, since: at - 60_000 },
    ...{ state: index % 25 === 0 ? 'lost' : 'live', tier: index % 10 === 3 ? 'awake' : 'dormant' },
    ...{ streamFps: 25, detectFps: 0, bitrateKbps: 700, clockQuality: 'arrival', connects: 1 },
    ...{ costCores: 0.005, ringBytes: 0, ringSeconds: 10 },
    dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
  };
};
