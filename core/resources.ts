import type { Camera } from './schema/camera.ts';
import type { Place } from './schema/place.ts';
import type { Scenario } from './schema/scenario.ts';
import type { SiteSettings } from './schema/site.ts';
import type { User } from './schema/user.ts';

/** The site's configuration as it stands now. Every call gives the current state; lists are not copied. */
export interface Resources {
  site(): SiteSettings;
  places(): readonly Place[];
  cameras(): readonly Camera[];
  scenarios(): readonly Scenario[];
  users(): readonly User[];
}
