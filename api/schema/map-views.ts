import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { cameraStates } from '../../core/schema/health.ts';
import { PlaceCode, ResourceId } from '../../core/schema/ids.ts';
import { MapSettings } from '../../core/schema/map.ts';
import { Place } from '../../core/schema/place.ts';
import { MonitoringPoint } from '../../core/schema/responder.ts';
import type { severities } from '../../core/schema/severity.ts';
import { named } from './named.ts';

const count = Type.Integer({ minimum: 0 });
const shownStates = [...cameraStates, 'unknown'] as const;

export const CameraCounts = closed({
  total: count,
  ...{ waiting: count, connecting: count, live: count, lost: count, off: count, unknown: count },
  unusable: Type.Integer({
    minimum: 0,
    description: 'of those that are live: with a picture that shows nothing',
  }),
});
export type CameraCounts = Static<typeof CameraCounts>;

export const SeverityCounts = closed({ urgent: count, high: count, medium: count, low: count });
export type SeverityCounts = Record<(typeof severities)[number], number>;

/** Places as a tree, by their parents; each counts everything in it and below it. */
export const PlaceTree = named(
  'PlaceTree',
  closed({
    items: Type.Array(
      closed({
        ...Place.properties,
        parent: Type.Optional({
          ...PlaceCode,
          description: 'the nearest place above it that is in the list',
        }),
        cameras: CameraCounts,
        openAlerts: Type.Optional({
          ...SeverityCounts,
          description:
            'by severity, those before `resolved`; absent without the right alerts.read, and after a start until all is read',
        }),
        ...{ loudspeakers: count, responders: count, monitoringPoints: count },
      }),
    ),
  }),
);
export type PlaceTree = Static<typeof PlaceTree>;

const degrees = Type.Array(Type.Union([Type.Number(), Type.Null()]));

/** One entry of every list is one camera. In lists of their own alike values lie together, which gzip shortens. */
export const CameraPositions = named(
  'CameraPositions',
  closed({
    ids: Type.Array(ResourceId),
    names: Type.Array(Type.String()),
    places: Type.Array(PlaceCode),
    longitudes: { ...degrees, description: 'WGS-84; null for a camera without a location' },
    latitudes: degrees,
    states: Type.Array(Type.Enum(shownStates)),
    unusable: Type.Array(Type.Integer({ minimum: 0 }), {
      description: 'indexes of live cameras whose picture shows nothing',
    }),
    awake: Type.Array(Type.Integer({ minimum: 0 }), {
      description: 'indexes of live cameras in which something moves',
    }),
  }),
);
export type CameraPositions = Static<typeof CameraPositions>;

export const markKinds = ['loudspeaker', 'responder', 'monitoringPoint'] as const;
export type MarkKind = (typeof markKinds)[number];

/** What a map begins with, and what stands on it besides cameras. */
export const MapView = named(
  'Map',
  closed({
    ...MapSettings.properties,
    marks: Type.Array(
      closed({
        kind: Type.Enum(markKinds),
        id: MonitoringPoint.properties.id,
        name: MonitoringPoint.properties.name,
        place: MonitoringPoint.properties.place,
        location: MonitoringPoint.properties.location,
      }),
      { description: 'a responder stands where its place does; without a location it is in the list alone' },
    ),
  }),
);
export type MapView = Static<typeof MapView>;
