import type { Resources } from '../../core/resources.ts';
import type { Location } from '../../core/schema/geometry.ts';
import type { Right } from '../../core/schema/role.ts';
import { isWithin } from '../auth/principal.ts';
import type { MapView } from '../schema/map-views.ts';

type Mark = MapView['marks'][number];

interface Standing {
  id: string;
  name: string;
  place: string;
  location?: Location;
}

/** What stands on the map besides cameras, within a ground, as far as the asker's rights go. */
export const toMarks = (
  resources: Pick<Resources, 'places' | 'loudspeakers' | 'responders' | 'monitoringPoints'>,
  ground: string,
  rights: ReadonlySet<Right>,
): Mark[] => {
  const places = new Map(resources.places().map((place) => [place.code, place.location]));
  const atHome = (one: Standing): Standing => {
    const location = places.get(one.place);
    return location ? { ...one, location } : one;
  };
  const mark = (kind: Mark['kind'], standing: readonly Standing[]): Mark[] =>
    standing
      .filter(({ place }) => isWithin(place, ground))
      .map(({ id, name, place, location }) => ({ kind, id, name, place, ...(location ? { location } : {}) }));
  return [
    ...(rights.has('alerts.handle') ? mark('loudspeaker', resources.loudspeakers()) : []),
    ...(rights.has('alerts.dispatch') ? mark('responder', resources.responders().map(atHome)) : []),
    ...mark('monitoringPoint', resources.monitoringPoints()),
  ];
};
