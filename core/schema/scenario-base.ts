import { Type } from 'typebox';
import { Action } from './action.ts';
import { durationUpTo, PlaceCode, ResourceId } from './ids.ts';
import { ScheduleSpan } from './schedule.ts';
import { Severity } from './severity.ts';

/** The only reasons for which a scenario may be about people. */
export const purposes = [
  'crushRisk',
  'water',
  'traffic',
  'fireAccess',
  'closedSiteAtNight',
  'keyPlaceSafety',
] as const;
export const Purpose = Type.Enum(purposes);
export type Purpose = (typeof purposes)[number];

/** A situation that nobody sees any more for an hour is over. */
export const ClearAfter = durationUpTo(1, 'h');

/** What every kind of scenario has. */
export const shared = {
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  /** Which cameras it watches: those named, and those of these places that have what it needs (its zone, its line). */
  cameras: Type.Optional(Type.Array(ResourceId, { minItems: 1, maxItems: 1000 })),
  places: Type.Optional(Type.Array(PlaceCode, { minItems: 1, maxItems: 1000 })),
  severity: Severity,
  schedule: Type.Optional(Type.Array(ScheduleSpan, { minItems: 1, maxItems: 32 })),
  /** What begins again within this time of its end is the same situation: its alert goes on. */
  coolDown: Type.Optional(durationUpTo(1, 'd')),
  actions: Type.Optional(Type.Array(Action, { minItems: 1, maxItems: 8 })),
};

/** What those have that watch a zone. */
export const zoned = {
  ...shared,
  zone: ResourceId,
  /** How long the zone must be free of it before the situation counts as over. */
  clearAfter: Type.Optional(ClearAfter),
};
