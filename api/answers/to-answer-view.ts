import type { Static } from 'typebox';
import type { Resources } from '../../core/resources.ts';
import { knownTimezone } from '../http/known-timezone.ts';
import type { AnswerView } from '../schema/answer-views.ts';
import type { HeldAnswer } from './answer-desk.ts';
import { nextAnswerSteps } from './answer-steps.ts';

/** What a responder is shown: where, what, and what comes next. Nothing of persons, tracks or who else dealt with it. */
export const toAnswerView = (
  held: HeldAnswer,
  resources: Pick<Resources, 'site' | 'places' | 'cameras'>,
): Static<typeof AnswerView> => {
  const { alert, link, ending } = held;
  const { cameraName, scenarioName, kind, severity, raisedAt, place, snapshot, pictures = [] } = alert;
  const places = resources
    .places()
    .filter(({ code }) => place.startsWith(code))
    .sort((a, b) => a.code.length - b.code.length);
  const location = resources.cameras().find(({ id }) => id === alert.cameraId)?.location;
  return {
    ...{ cameraName, scenarioName, kind, severity, raisedAt, expiresAt: link.expiresAt },
    placeName: joined(places.map(({ name }) => name)) || place,
    ...(places.some(({ nameEn }) => nameEn !== undefined)
      ? { placeNameEn: joined(places.map(({ name, nameEn }) => nameEn ?? name)) }
      : {}),
    timezone: knownTimezone(resources.site().timezone),
    state: ending === 'done' ? 'resolved' : alert.state === 'onScene' ? 'onScene' : 'dispatched',
    ...(link.acceptedAt === undefined ? {} : { acceptedAt: link.acceptedAt }),
    next: nextAnswerSteps(held),
    ...(location ? { mapUrl: toMapUrl(location) } : {}),
    hasPicture: ending === undefined && snapshot.state === 'ready',
    pictures: pictures.filter(({ deleted }) => deleted === undefined).map(({ n, when }) => ({ n, when })),
  };
};

const joined = (names: readonly string[]): string => names.join(' ').slice(0, 200);

/** The query after it makes maps set a mark there (as Android documents). */
const toMapUrl = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `geo:${latitude},${longitude}?q=${latitude},${longitude}`;
