import type { Site } from '../../core/schema/site.ts';
import { townCode, townPlaces } from '../../deploy/demo/places.ts';

export const villages = townPlaces.map(({ code }) => code).filter((code) => code.length === 12);

/** Cameras of the site itself; the history has more, as one has that outlived them. */
const cameras = 126;

/** A town whose cameras nobody watches: what is measured asks for them and never for their pictures. */
export const createApiSite = (): Site => ({
  site: {
    id: 'bench',
    name: '测试镇',
    place: townCode,
    timezone: 'Asia/Shanghai',
    allowedNetworks: ['127.0.0.0/8'],
    history: { quota: '60GB' },
  },
  places: [...townPlaces],
  cameras: Array.from({ length: cameras }, (_, index) => ({
    id: `cam-${index}`,
    name: `cam-${index}`,
    place: villages[index % villages.length] ?? townCode,
    stream: { url: `rtsp://127.0.0.1:9/cam-${index}` },
    register: { category: 'road', signPosted: true, filingNumber: `bench-${index}`, owner: '测试' },
    zones: [],
  })),
  scenarios: [],
});
