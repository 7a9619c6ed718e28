import type { Resources } from '../../core/resources.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Responder } from '../../core/schema/responder.ts';
import { isWithin } from '../auth/principal.ts';
import { apiError } from '../errors.ts';

/** Digits of a township's code: whoever belongs to it can be sent anywhere in it. */
const townshipDigits = 9;

/**
 * Who can be sent to an alert. Throws `responder-elsewhere` for one of the asker's ground who belongs to another township;
 * whoever belongs to neither is not there for the asker: `responder-unknown`.
 */
export const responderFor = (
  resources: Pick<Resources, 'responders'>,
  responderId: string,
  { place }: Pick<Alert, 'place'>,
  ground: string,
): Responder => {
  const township = place.slice(0, townshipDigits);
  const responder = resources.responders().find(({ id }) => id === responderId);
  if (responder && isWithin(responder.place, township)) return responder;
  if (!responder || !isWithin(responder.place, ground))
    throw apiError('responder-unknown', `there is no responder '${responderId}'; see the site's responders`);
  throw apiError(
    'responder-elsewhere',
    `responder '${responderId}' belongs to ${responder.place}, and the alert is at ${place}; send one of ${township}`,
  );
};
