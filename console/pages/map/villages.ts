import { computed } from '@preact/signals';
import { lostSince } from '../../http/site.ts';
import { language } from '../../words/language.ts';
import type { TreePlace, Village } from './draw/draw-ground.ts';
import { hullOf } from './ground/hull.ts';
import { type LonLat, toMap } from './ground/shift.ts';
import { shownPlace, spots, tree, view } from './map-state.ts';
import { word } from './words.ts';

/** Places that have something in them, by code. */
export const filledPlaces = computed(() =>
  tree.value.filter(
    ({ cameras, loudspeakers, responders, monitoringPoints }) =>
      cameras.total + loudspeakers + responders + monitoringPoints > 0,
  ),
);

export const placeName = ({ name, nameEn }: Pick<TreePlace, 'name' | 'nameEn'>): string =>
  language.value === 'en' ? (nameEn ?? name) : name;

export const alertsIn = ({ openAlerts }: TreePlace): number | undefined =>
  openAlerts && openAlerts.urgent + openAlerts.high + openAlerts.medium + openAlerts.low;

/** Outlines are of what stands in a place; they change when something is put up, not when its state does. */
const hulls = computed(() => {
  const points = new Map<string, LonLat[]>();
  for (const { place, at } of spots.value) {
    if (!at) continue;
    const own = points.get(place);
    if (own) own.push(at);
    else points.set(place, [at]);
  }
  return new Map([...points].map(([code, own]) => [code, hullOf(own)]));
});

/** The villages (and what lies in a township itself) as the map draws them. */
export const villages = computed((): Village[] => {
  const coordinates = view.value?.tiles?.coordinates ?? 'wgs84';
  return filledPlaces.value
    .filter(({ code }) => code.length === 12)
    .flatMap((place) => {
      const { code, location, cameras } = place;
      const own = hulls.value.get(code) ?? [];
      const office = location && toMap([location.longitude, location.latitude], coordinates);
      const hull = own.length > 0 ? own : office ? [office] : [];
      if (hull.length === 0) return [];
      const alerts = alertsIn(place) ?? 0;
      const told = [
        `${lostSince.value === undefined ? cameras.live : '–'}/${cameras.total}`,
        ...(alerts > 0 ? [word('alertsOf', { count: alerts })] : []),
      ];
      return [
        {
          ...{ code, hull, name: placeName(place), counts: told.join(' · ') },
          ...{ hasAlerts: alerts > 0, isChosen: code === shownPlace.value },
        },
      ];
    });
});
