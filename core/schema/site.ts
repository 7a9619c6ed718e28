import { type Static, Type } from 'typebox';
import { AnchorWebhook } from './anchor-webhook.ts';
import { ApiKey } from './api-key.ts';
import { Camera } from './camera.ts';
import { closed } from './closed.ts';
import { DeadlineRule } from './deadline.ts';
import { Duration, durationUpTo, PlaceCode, ResourceId, Size } from './ids.ts';
import { Loudspeaker } from './loudspeaker.ts';
import { MapSettings } from './map.ts';
import { Place } from './place.ts';
import { MonitoringPoint, Responder } from './responder.ts';
import { Scenario } from './scenario.ts';
import { Calendar } from './schedule.ts';
import { Subscriber } from './subscriber.ts';
import { Upstream } from './upstream.ts';
import { User } from './user.ts';
import { Webhook } from './webhook.ts';

const Kept = closed({ quota: Type.Optional(Size), retention: Type.Optional(durationUpTo(3650, 'd')) });

/** What belongs to the whole site rather than to one camera. */
export const SiteSettings = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  place: PlaceCode,
  timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** Networks (CIDR) in which cameras may be looked for; nothing else is ever connected to. */
  allowedNetworks: Type.Array(Type.String({ minLength: 3, maxLength: 64 }), { minItems: 1, maxItems: 256 }),
  model: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  workers: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
  decodeThreads: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
  detectorThreads: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
  /**
   * Cameras of one worker that FFmpeg may read at a time: those on UDP, and those whose streams are odd. As many as are on UDP
   * when the site is started and 16 more, if not said.
   */
  ffmpegCameras: Type.Optional(Type.Integer({ minimum: 0, maximum: 128 })),
  /** Cores that the cameras of one worker may take together; as many as it has threads and the machine cores if not said. */
  budget: Type.Optional(Type.Number({ minimum: 0.01, maximum: 256 })),
  awakeFps: Type.Optional(Type.Number({ minimum: 0.2, maximum: 15 })),
  /** By when something has to be done about alerts; nothing is due where no rule fits. */
  deadlines: Type.Optional(Type.Array(DeadlineRule, { maxItems: 1000 })),
  /** Where people outside reach this site: the beginning of answer links. */
  publicAddress: Type.Optional(
    Type.String({ minLength: 8, maxLength: 256, description: 'https:// or http://, host and port alone' }),
  ),
  /**
   * Proxies, by address, that are believed when they say who asks (`X-Forwarded-For`); none if not said. Everybody behind one
   * that is not named has its address, and is locked out with it.
   */
  trustedProxies: Type.Optional(
    Type.Array(Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })]), {
      maxItems: 16,
    }),
  ),
  /** How long an answer link may be used: 5 minutes to a day, two hours if not said. */
  answersWithin: Type.Optional(Duration),
  map: Type.Optional(MapSettings),
  /** Where the head of the audit log is sent every hour; nowhere if not said. */
  auditAnchor: Type.Optional(AnchorWebhook),
  evidence: Type.Optional(Kept),
  /** How many bytes the archives of approved exports may take; 2 GB if not said. */
  exports: Type.Optional(closed({ quota: Type.Optional(Size) })),
  bus: Type.Optional(Kept),
  history: Type.Optional(Kept),
});
export type SiteSettings = Static<typeof SiteSettings>;

/** The whole site as one document: what `apply` reads and `export` writes. */
export const Site = closed({
  site: SiteSettings,
  places: Type.Array(Place, { minItems: 1, maxItems: 100_000 }),
  cameras: Type.Array(Camera, { maxItems: 100_000 }),
  scenarios: Type.Array(Scenario, { maxItems: 100_000 }),
  calendars: Type.Optional(Type.Array(Calendar, { maxItems: 1000 })),
  loudspeakers: Type.Optional(Type.Array(Loudspeaker, { maxItems: 10_000 })),
  webhooks: Type.Optional(Type.Array(Webhook, { maxItems: 1000 })),
  upstreams: Type.Optional(Type.Array(Upstream, { maxItems: 64 })),
  responders: Type.Optional(Type.Array(Responder, { maxItems: 10_000 })),
  monitoringPoints: Type.Optional(Type.Array(MonitoringPoint, { maxItems: 10_000 })),
  /** Who reads alerts from the bus itself. */
  subscribers: Type.Optional(Type.Array(Subscriber, { maxItems: 1000 })),
  users: Type.Optional(Type.Array(User, { maxItems: 10_000 })),
  /** Programs that ask the API. */
  keys: Type.Optional(Type.Array(ApiKey, { maxItems: 1000 })),
});
export type Site = Static<typeof Site>;

/** The kinds of resource that live in the configuration bucket, each under `<kind>.<id>`. */
export const resourceKinds = [
  'site',
  'places',
  'calendars',
  'loudspeakers',
  'webhooks',
  'upstreams',
  'responders',
  'monitoringPoints',
  'cameras',
  'scenarios',
  'subscribers',
  'users',
  'keys',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];
