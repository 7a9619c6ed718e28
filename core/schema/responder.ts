import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Location } from './geometry.ts';
import { CameraPlace, ResourceId } from './ids.ts';

/**
 * 网格员、巡防: who can be sent. A name to call them by and the way to them; what they look like or do otherwise is none
 * of the program's business.
 */
export const Responder = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  place: CameraPlace,
  /** Where answer links are sent: one of the webhooks, or nowhere but the dispatcher's own screen. */
  webhook: Type.Optional(ResourceId),
  phone: Type.Optional(Type.String({ pattern: '^\\+?[0-9 -]{3,24}$', description: 'a telephone number' })),
});
export type Responder = Static<typeof Responder>;

/** 监控点: a room where monitors are watched, and by whose ground. */
export const MonitoringPoint = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  place: CameraPlace,
  location: Type.Optional(Location),
});
export type MonitoringPoint = Static<typeof MonitoringPoint>;
