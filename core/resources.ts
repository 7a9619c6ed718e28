import type { ApiKey } from './schema/api-key.ts';
import type { Camera } from './schema/camera.ts';
import type { Loudspeaker } from './schema/loudspeaker.ts';
import type { Place } from './schema/place.ts';
import type { MonitoringPoint, Responder } from './schema/responder.ts';
import type { Scenario } from './schema/scenario.ts';
import type { Calendar } from './schema/schedule.ts';
import type { SiteSettings } from './schema/site.ts';
import type { Subscriber } from './schema/subscriber.ts';
import type { Upstream } from './schema/upstream.ts';
import type { User } from './schema/user.ts';
import type { Webhook } from './schema/webhook.ts';

/** The site's configuration as it stands now. Every call gives the current state; lists are not copied. */
export interface Resources {
  site(): SiteSettings;
  places(): readonly Place[];
  calendars(): readonly Calendar[];
  loudspeakers(): readonly Loudspeaker[];
  webhooks(): readonly Webhook[];
  upstreams(): readonly Upstream[];
  responders(): readonly Responder[];
  monitoringPoints(): readonly MonitoringPoint[];
  cameras(): readonly Camera[];
  scenarios(): readonly Scenario[];
  subscribers(): readonly Subscriber[];
  users(): readonly User[];
  keys(): readonly ApiKey[];
}
