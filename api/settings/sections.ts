import type { TSchema } from 'typebox';
import type { Resources } from '../../core/resources.ts';
import { Camera } from '../../core/schema/camera.ts';
import { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import { Place } from '../../core/schema/place.ts';
import { MonitoringPoint, Responder } from '../../core/schema/responder.ts';
import type { Right } from '../../core/schema/role.ts';
import { Scenario } from '../../core/schema/scenario.ts';
import { Calendar } from '../../core/schema/schedule.ts';
import { Upstream } from '../../core/schema/upstream.ts';
import { Webhook } from '../../core/schema/webhook.ts';
import { isWithin } from '../auth/principal.ts';

/** Sections of the site that can be changed over the API one resource at a time. */
export const settingSections = [
  'places',
  'calendars',
  'loudspeakers',
  'webhooks',
  'upstreams',
  'responders',
  'monitoringPoints',
  'cameras',
  'scenarios',
] as const;
export type SettingSection = (typeof settingSections)[number];

export interface SectionRules {
  /** What one of them is called in the description. */
  singular: string;
  schema: TSchema;
  right: Right;
  /** The places that a resource is about; none for one that is about the whole site. */
  placesOf(value: Readonly<Record<string, unknown>>, resources: Resources): readonly string[];
}

type Value = Readonly<Record<string, unknown>>;

const ownPlace = ({ place }: Value): readonly string[] => [String(place)];

/** Whoever changes a scenario answers for every camera that it watches. */
const watchedPlaces = ({ cameras = [], places = [] }: Value, resources: Resources): readonly string[] => {
  const placeOf = new Map(resources.cameras().map(({ id, place }) => [id, place]));
  const named = (cameras as readonly string[]).map((id) => placeOf.get(id) ?? '');
  return [...named, ...(places as readonly string[])];
};

export const sectionRules: Readonly<Record<SettingSection, SectionRules>> = {
  places: { singular: 'Place', schema: Place, right: 'system.write', placesOf: ({ code }) => [String(code)] },
  calendars: { singular: 'Calendar', schema: Calendar, right: 'scenarios.write', placesOf: () => [] },
  loudspeakers: { singular: 'Loudspeaker', schema: Loudspeaker, right: 'cameras.write', placesOf: ownPlace },
  webhooks: {
    singular: 'Webhook',
    schema: Webhook,
    right: 'system.write',
    placesOf: ({ ground }) => [String(ground)],
  },
  upstreams: {
    singular: 'Upstream',
    schema: Upstream,
    right: 'system.write',
    placesOf: ({ ground }) => [String(ground)],
  },
  responders: { singular: 'Responder', schema: Responder, right: 'cameras.write', placesOf: ownPlace },
  monitoringPoints: {
    singular: 'MonitoringPoint',
    schema: MonitoringPoint,
    right: 'cameras.write',
    placesOf: ownPlace,
  },
  cameras: { singular: 'Camera', schema: Camera, right: 'cameras.write', placesOf: ownPlace },
  scenarios: { singular: 'Scenario', schema: Scenario, right: 'scenarios.write', placesOf: watchedPlaces },
};

/** Whether all that a resource is about lies in a ground; what is about the whole site belongs to whoever has all of it. */
export const liesWithin = (
  section: SettingSection,
  value: unknown,
  resources: Resources,
  ground: string,
): boolean => {
  const places = sectionRules[section].placesOf(value as Value, resources);
  if (places.length === 0) return isWithin(resources.site().place, ground);
  return places.every((place) => isWithin(place, ground));
};

/** A resource's id, or a place's code. */
export const settingIdOf = (item: object): string =>
  String('code' in item ? item.code : 'id' in item ? item.id : undefined);
