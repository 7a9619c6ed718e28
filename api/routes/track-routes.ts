import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { Label } from '../../core/schema/label.ts';
import { narrowGround } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { trackCountBuckets, trackCountKeys } from '../history/index.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import { TrackCounts } from '../schema/pages.ts';
import { anyOf, instant, place } from '../schema/query.ts';
import { type ApiServer, answer, errorAnswers, principalOf, type RouteDeps } from './route-deps.ts';

const day = 86_400_000;
const maxRows = 10_000;

const CountQuery = closed({
  place,
  from: instant('tracks that began at or after; a day before `to` unless told'),
  to: instant('tracks that began before; now unless told'),
  camera: anyOf(ResourceId, 'ids of cameras'),
  label: anyOf(Label, 'labels'),
  by: Type.Optional(Type.Enum(trackCountKeys, { description: 'count by camera (usual) or by place' })),
  bucket: Type.Optional(
    Type.Enum(trackCountBuckets, { description: 'length of time one count covers; hours unless told' }),
  ),
});

/** Numbers of tracks; never the tracks. */
export const addTrackRoutes = (app: ApiServer, { history, resources, clock }: RouteDeps): void => {
  app.get(
    '/api/v1/tracks/counts',
    {
      config: { right: 'statistics.read' },
      schema: {
        operationId: 'countTracks',
        summary: 'How many tracks there were, by camera or place, label and time',
        tags: ['tracks'],
        querystring: CountQuery,
        response: { ...answer(TrackCounts, 'Counts, earliest first.'), ...errorAnswers() },
      },
    },
    async (request) => {
      const { query } = request;
      const to = query.to ?? clock.now();
      const from = query.from ?? Math.max(0, to - day);
      if (from >= to)
        throw apiError('request-invalid', `query: from is ${from}; it must lie before to, ${to}`);
      const placePrefix = narrowGround(principalOf(request).ground, query.place);
      if (placePrefix === undefined) return { from, to, items: [], isTruncated: false };
      const items = await history.trackCounts({
        ...{ placePrefix, from, to },
        cameraIds: query.camera ?? [],
        labels: query.label ?? [],
        by: query.by ?? 'camera',
        bucket: query.bucket ?? 'hour',
        timezone: knownTimezone(resources.site().timezone),
        limit: maxRows + 1,
      });
      return { from, to, items: items.slice(0, maxRows), isTruncated: items.length > maxRows };
    },
  );
};
