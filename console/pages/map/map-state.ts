import { computed, signal } from '@preact/signals';
import type { CameraPositions, MapView, MarkKind, PlaceTree } from '../../../api/schema/map-views.ts';
import type { OpenAlertView } from '../../../api/schema/open-alert-view.ts';
import { lostSince } from '../../http/site.ts';
import { type Spot, toSpots } from './spots/spots.ts';

/** What there is on the map, as the API told it last. */
export const positions = signal<CameraPositions | undefined>(undefined);
export const tree = signal<PlaceTree['items']>([]);
export const view = signal<MapView | undefined>(undefined);
export const openAlerts = signal<readonly OpenAlertView[] | undefined>(undefined);
/** Why the last asking for each part came to nothing. */
export const failures = signal<Readonly<Partial<Record<'positions' | 'ground' | 'alerts', unknown>>>>({});

export const kinds = ['camera', 'alert', 'loudspeaker', 'responder', 'monitoringPoint'] as const;
export type Kind = (typeof kinds)[number];
/** One thing on the map; of a kind and an id there is one. */
export interface Chosen {
  kind: 'camera' | MarkKind;
  id: string;
}

/** What the person at the map chose to see. */
export const shownKinds = signal<ReadonlySet<Kind>>(new Set(kinds));
/** Farther away than everything but cameras and alerts is drawn. */
export const isFarAway = signal(false);
export const shownPlace = signal('');
export const searchText = signal('');
export const chosen = signal<Chosen | undefined>(undefined);

/** Everything that there is and may be shown; what has no location is there too, for the list. */
export const spots = computed(() => {
  const told = toSpots({
    positions: positions.value,
    marks: view.value?.marks ?? [],
    openAlerts: openAlerts.value ?? [],
    coordinates: view.value?.tiles?.coordinates ?? 'wgs84',
  });
  return lostSince.value === undefined ? told : told.map(asUnknown);
});

/** How a camera did is not how it does while the site cannot be reached. */
const asUnknown = (spot: Spot): Spot =>
  spot.condition === undefined || spot.condition === 'off' ? spot : { ...spot, condition: 'unknown' };

export const shownSpots = computed(() => {
  const text = searchText.value.trim().toLowerCase();
  const place = shownPlace.value;
  const kindsNow = shownKinds.value;
  return spots.value.filter(
    (spot) =>
      spot.place.startsWith(place) &&
      (kindsNow.has(spot.kind) || (spot.severity !== undefined && kindsNow.has('alert'))) &&
      (text === '' || spot.name.toLowerCase().includes(text) || spot.id.includes(text)),
  );
});

export const chosenSpot = computed(() => {
  const one = chosen.value;
  return one && spots.value.find(({ kind, id }) => kind === one.kind && id === one.id);
});
