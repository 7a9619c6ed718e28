import type { Resources } from '../../core/resources.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Responder } from '../../core/schema/responder.ts';
import { apiError } from '../errors.ts';

/** Digits of a township's code: whoever belongs to it can be sent anywhere in it. */
const townshipDigits = 9;

/** Who can be sent to an alert. Throws `responder-unknown` or `responder-elsewhere`. */
export const responderFor = (
  resources: Pick<Resources, 'responders'>,
  responderId: string,
  { place }: Pick<Alert, 'place'>,
): Responder => {
  const responder = resources.responders().find(({ id }) => id === responderId);
  if (!responder)
    throw apiError('responder-unknown', `there is no responder '${responderId}'; see the site's responders`);
  const township = place.slice(0, townshipDigits);
  if (responder.place.startsWith(township)) return responder;
  throw apiError(
    'responder-elsewhere',
    `responder '${responderId}' belongs to ${responder.place}, and the alert is at ${place}; send one of ${township}`,
  );
};
