import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Location, Point, Polygon } from './geometry.ts';
import { CameraPlace, durationUpTo, GbCode, ResourceId } from './ids.ts';
import { ScheduleSpan } from './schedule.ts';

/** Public places a camera may look at (State Council Order 799, 2025). */
export const openPlaceCategories = [
  'road',
  'square',
  'market',
  'park',
  'waterside',
  'parkingLot',
  'busStation',
  'schoolGate',
  'hospitalGate',
  'shopEntrance',
  'farmland',
  'villageEntrance',
  'publicBuildingEntrance',
  'industrialSite',
] as const;

/** Public places where people gather, pray, complain or live: cameras may stand, scenarios about people may not. */
export const sensitivePlaceCategories = [
  'petitionOffice',
  'court',
  'placeOfWorship',
  'villageAssembly',
  'dwelling',
] as const;

/** Places where no camera may look at all; named here so that the refusal can say so. */
export const bannedPlaceCategories = [
  'guestRoom',
  'dormitory',
  'changingRoom',
  'bathroom',
  'toilet',
  'nursingRoom',
  'privateDiningRoom',
  'ward',
  'householdInterior',
] as const;

export const PlaceCategory = Type.Enum([
  ...openPlaceCategories,
  ...sensitivePlaceCategories,
  'householdExterior',
]);
export type PlaceCategory = Static<typeof PlaceCategory>;

/** Written, revocable consent of a household (户户通), on its own schedule. Without it such a camera stays off. */
const HouseholdConsent = closed({
  reference: Type.String({ minLength: 1, maxLength: 128 }),
  grantedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  revokedOn: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  /** When the household lets it look. */
  schedule: Type.Array(ScheduleSpan, { minItems: 1, maxItems: 32 }),
});

/** The camera's entry in the legal register. */
export const LegalRegister = closed({
  category: PlaceCategory,
  signPosted: Type.Boolean({ description: 'a sign tells people that a camera looks here' }),
  filingNumber: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'number of the filing with the county police',
  }),
  owner: Type.String({ minLength: 1, maxLength: 128, description: 'the unit that owns the camera' }),
  consent: Type.Optional(HouseholdConsent),
});
export type LegalRegister = Static<typeof LegalRegister>;

export const CameraStream = closed({
  url: Type.String({
    minLength: 8,
    maxLength: 2048,
    description: 'rtsp:// or rtsps:// without user name or password',
  }),
  transport: Type.Optional(Type.Enum(['tcp', 'udp'])),
  credentials: Type.Optional(ResourceId),
  watchdog: Type.Optional(durationUpTo(1, 'h')),
});
export type CameraStream = Static<typeof CameraStream>;

/** A polygon of interest in this camera's picture. */
export const Zone = closed({
  id: ResourceId,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  polygon: Polygon,
});
export type Zone = Static<typeof Zone>;

/** A directed line over this camera's picture, from its first point to its last: to be crossed, or a lane's direction. */
export const Line = closed({
  id: ResourceId,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  points: Type.Array(Point, { minItems: 2, maxItems: 16 }),
});
export type Line = Static<typeof Line>;

/** A part of the picture in which nothing counts: a screen, a flag, a road that is not ours. */
export const Mask = closed({
  id: ResourceId,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  polygon: Polygon,
});
export type Mask = Static<typeof Mask>;

export const Camera = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  place: CameraPlace,
  gbCode: Type.Optional(GbCode),
  location: Type.Optional(Location),
  /** The pole, mast or building it hangs at with others: they share a line and a switch. */
  installation: Type.Optional(ResourceId),
  stream: CameraStream,
  register: LegalRegister,
  zones: Type.Optional(Type.Array(Zone, { maxItems: 32 })),
  lines: Type.Optional(Type.Array(Line, { maxItems: 32 })),
  masks: Type.Optional(Type.Array(Mask, { maxItems: 32 })),
});
export type Camera = Static<typeof Camera>;
