import type { Camera } from '../../core/schema/camera.ts';
import { closed } from '../../core/schema/closed.ts';
import { quarterMs } from '../../core/schema/normals.ts';
import { isWithin } from '../auth/principal.ts';
import { instant, place } from '../schema/query.ts';
import { Availability } from '../schema/statistics-views.ts';
import { type ApiServer, answer, errorAnswers, type RouteDeps } from './route-deps.ts';
import { readGround, readSpan } from './statistics-span.ts';

/** Watched minutes reach the history every five minutes. */
const settleMs = 5 * 60_000;

/** Which share of the time cameras were watched. */
export const addAvailabilityRoutes = (app: ApiServer, { history, clock, resources }: RouteDeps): void => {
  app.get(
    '/api/v1/statistics/availability',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'getAvailability',
        summary: 'Share of the time in which cameras were watched, by village',
        description:
          'A minute counts when pictures came and the detector was not kept from them; minutes in which the program was ' +
          'down do not. Cameras of households, which keep to their consent’s hours, are left out.',
        tags: ['statistics'],
        querystring: closed({ place, from: instant('a week before `to` unless told'), to: instant('until') }),
        response: { ...answer(Availability, 'Villages by code.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const asked = readSpan(request.query, clock.now());
      const ground = readGround(request, request.query);
      const cameras = resources
        .cameras()
        .filter((camera) => ground !== undefined && isWithin(camera.place, ground))
        .filter(({ register }) => register.category !== 'householdExterior');
      const to = wholeQuarter(Math.min(asked.to, clock.now() - settleMs));
      const watched = await history.statistics.watchedSums({
        cameraIds: cameras.map(({ id }) => id),
        from: wholeQuarter(asked.from),
        to,
      });
      const from = Math.max(wholeQuarter(asked.from), watched.since ?? to);
      const minutes = (to - from) / 60_000;
      if (minutes <= 0) return { from: Math.min(from, to), to, places: [] };
      const minutesOf = new Map(watched.cameras.map(({ cameraId, minutes: seen }) => [cameraId, seen]));
      return { from, to, places: byPlace(cameras, minutesOf, minutes) };
    },
  );
};

const wholeQuarter = (at: number): number => Math.max(0, Math.floor(at / quarterMs) * quarterMs);

const byPlace = (cameras: readonly Camera[], minutesOf: ReadonlyMap<string, number>, of: number) => {
  const places = [...new Set(cameras.map((camera) => camera.place))].sort();
  return places.map((code) => {
    const rows = cameras
      .filter((camera) => camera.place === code)
      .map(({ id }) => {
        const minutes = minutesOf.get(id) ?? 0;
        return { cameraId: id, minutes, share: minutes / of };
      });
    const total = rows.reduce((sum, { minutes }) => sum + minutes, 0);
    return { place: code, share: total / (of * rows.length), cameras: rows };
  });
};
