import { Type } from 'typebox';
import { PictureItem, PictureMoment } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { Instant } from '../../core/schema/ids.ts';
import { ScenarioKind } from '../../core/schema/scenario.ts';
import { Severity } from '../../core/schema/severity.ts';
import { answerSteps } from '../answers/answer-steps.ts';
import { AlertView } from './alert-view.ts';
import { named } from './named.ts';

/** An alert after a step; with a dispatch to a responder, the link that was made for it. */
export const SteppedAlertView = named(
  'SteppedAlert',
  closed({
    ...AlertView.properties,
    answerLink: Type.Optional(
      closed({
        url: Type.String({
          description: 'shown once, here alone; a path when the site has no publicAddress',
        }),
        expiresAt: Instant,
        delivery: Type.Enum(['taken', 'unheard', 'none'], {
          description: 'whether the responder’s webhook is being told; none: there is no way to',
        }),
      }),
    ),
  }),
);

const words = Type.String({ maxLength: 200 });

/** All that an answer link shows of an alert. */
export const AnswerView = named(
  'Answer',
  closed({
    placeName: words,
    placeNameEn: Type.Optional({ ...words, description: 'where a place of it has an English name' }),
    cameraName: words,
    scenarioName: words,
    kind: ScenarioKind,
    severity: Severity,
    raisedAt: Instant,
    expiresAt: Instant,
    timezone: Type.String({
      description: 'of the site: the page shows its time, whatever the telephone’s is',
    }),
    state: Type.Enum(['dispatched', 'onScene', 'resolved']),
    acceptedAt: Type.Optional(Instant),
    next: Type.Array(Type.Enum(answerSteps), { description: 'what may be said now, the usual first' }),
    mapUrl: Type.Optional(Type.String({ description: 'RFC 5870, WGS 84', examples: ['geo:26.37,111.61'] })),
    hasPicture: Type.Boolean(),
    pictures: Type.Array(closed({ n: PictureItem.properties.n, when: PictureMoment }), {
      description: 'that have come from the spot',
    }),
  }),
);

/** How far an upload has come, and the picture once it is whole. */
export const UploadView = named(
  'Upload',
  closed({
    offset: Type.Integer({ minimum: 0, description: 'bytes that are here' }),
    picture: Type.Optional(PictureItem),
  }),
);
