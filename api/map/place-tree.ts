import type { Resources } from '../../core/resources.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { Place } from '../../core/schema/place.ts';
import type { Aged } from '../live/latest.ts';
import type { PlaceTree } from '../schema/map-views.ts';

type Counting<Part> = Part extends object ? { -readonly [Key in keyof Part]: Counting<Part[Key]> } : Part;
type TreePlace = Counting<PlaceTree['items'][number]>;

export interface TreeSources {
  resources: Pick<Resources, 'places' | 'cameras' | 'loudspeakers' | 'responders' | 'monitoringPoints'>;
  statusOf(cameraId: string): Aged<CameraStatus> | undefined;
  /** Undefined while they are not known. */
  pendingAlerts: readonly Pick<Alert, 'place' | 'severity'>[] | undefined;
}

/** Digits of a division code at each level, the widest first. */
const levels = [4, 6, 9, 12];

/** Places by code, each with what is in it and in all places below it. */
export const countPlaces = (sources: TreeSources): TreePlace[] => {
  const { resources, statusOf, pendingAlerts } = sources;
  const tree = new Map(
    resources.places().map((place) => [place.code, emptyPlace(place, pendingAlerts !== undefined)]),
  );
  const pathOf = (code: string): TreePlace[] =>
    levels.flatMap((digits) => {
      const place = digits <= code.length ? tree.get(code.slice(0, digits)) : undefined;
      return place ? [place] : [];
    });
  for (const place of tree.values()) {
    const parent = pathOf(place.code).at(-2);
    if (parent) place.parent = parent.code;
  }
  for (const { id, place } of resources.cameras()) {
    const { state, isUnusable } = shownState(statusOf(id));
    for (const { cameras } of pathOf(place)) {
      cameras.total += 1;
      cameras[state] += 1;
      if (isUnusable) cameras.unusable += 1;
    }
  }
  for (const kind of ['loudspeakers', 'responders', 'monitoringPoints'] as const) {
    for (const { place } of resources[kind]()) for (const one of pathOf(place)) one[kind] += 1;
  }
  for (const { place, severity } of pendingAlerts ?? []) {
    for (const { openAlerts } of pathOf(place)) if (openAlerts) openAlerts[severity] += 1;
  }
  return [...tree.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
};

const emptyPlace = (place: Place, hasAlerts: boolean): TreePlace => ({
  ...place,
  cameras: { total: 0, waiting: 0, connecting: 0, live: 0, lost: 0, off: 0, unknown: 0, unusable: 0 },
  ...(hasAlerts ? { openAlerts: { urgent: 0, high: 0, medium: 0, low: 0 } } : {}),
  ...{ loudspeakers: 0, responders: 0, monitoringPoints: 0 },
});

/** A camera's state as it may be shown: one that nobody told lately is unknown. */
export const shownState = (
  told: Aged<CameraStatus> | undefined,
): { state: CameraStatus['state'] | 'unknown'; isUnusable: boolean; isAwake: boolean } => {
  if (!told || told.isStale) return { state: 'unknown', isUnusable: false, isAwake: false };
  const { state, picture, tier } = told.value;
  const isLive = state === 'live';
  return { state, isUnusable: isLive && picture !== undefined, isAwake: isLive && tier === 'awake' };
};
