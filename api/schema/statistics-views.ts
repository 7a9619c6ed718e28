import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Instant, PlaceCode, ResourceId } from '../../core/schema/ids.ts';
import { Label } from '../../core/schema/label.ts';
import { Reconciliation } from '../../core/schema/reconciliation.ts';
import { alertCountKeys, responseSteps } from '../history/index.ts';
import { named } from './named.ts';

const count = Type.Integer({ minimum: 0 });
const spanMs = Type.Optional(Type.Integer({ minimum: 0 }));
const span = { from: Instant, to: Instant };
const isTruncated = Type.Boolean({ description: 'there are more rows; ask for less' });

export const ReconciliationView = named('Reconciliation', Reconciliation);

export const ResponseTimes = named(
  'ResponseTimes',
  closed({
    ...span,
    deadlinesMs: Type.Optional(
      Type.Object(
        { acknowledged: count, onScene: count, resolved: count },
        {
          description:
            'from when an alert is raised; absent where `site.deadlines` says by place and severity',
        },
      ),
    ),
    items: Type.Array(
      closed({
        place: PlaceCode,
        step: Type.Enum(responseSteps, { description: '`acknowledged`: the first step that anybody took' }),
        ...{ raised: count, reached: count, medianMs: spanMs, p95Ms: spanMs },
        stepMedianMs: Type.Optional(Type.Integer({ description: 'from the step before' })),
        ...{ stepP95Ms: spanMs },
        due: Type.Integer({ description: 'deadlines that were kept, missed, or are over' }),
        inTime: count,
        share: Type.Optional(Type.Number({ description: '`inTime` of `due`; absent when none was due' })),
      }),
    ),
    isTruncated,
  }),
);
export type ResponseTimes = Static<typeof ResponseTimes>;

export const FalseAlarms = named(
  'FalseAlarms',
  closed({
    ...span,
    items: Type.Array(
      closed({
        ...{ scenarioId: ResourceId, cameraId: ResourceId, raised: count },
        judged: Type.Integer({ description: 'resolved, false or a duplicate, by the last verdict' }),
        falseAlarms: count,
        share: Type.Optional(Type.Number({ description: 'of those judged; absent when none was' })),
        reasons: Type.Array(closed({ reason: Type.String(), count })),
      }),
    ),
    isTruncated,
  }),
);
export type FalseAlarms = Static<typeof FalseAlarms>;

export const HourCounts = named(
  'HourCounts',
  closed({
    ...span,
    by: Type.Enum(alertCountKeys),
    timezone: Type.String({ description: 'in which hours of the day are read' }),
    items: Type.Array(
      closed({ key: Type.String(), hour: Type.Integer({ minimum: 0, maximum: 23 }), count }),
      { description: 'hours in which nothing was raised are left out' },
    ),
    isTruncated,
  }),
);
export type HourCounts = Static<typeof HourCounts>;

/** 常态: what was counted on a camera, beside what is normal there at that hour of the week. */
export const ActivityView = named(
  'Activity',
  closed({
    ...span,
    timezone: Type.String({ description: 'in which hours of the week are read' }),
    ...{ cameraId: ResourceId, label: Label },
    watchedDays: Type.Integer({ description: 'days of the last four weeks on which it was watched' }),
    neededDays: Type.Integer({ description: 'days it takes before anything is called normal' }),
    items: Type.Array(
      closed({
        at: Type.Integer({ ...Instant, description: 'begin of the quarter of an hour' }),
        minutes: Type.Integer({ description: 'of its fifteen, those in which the camera was watched' }),
        count: Type.Integer({ description: 'tracks that began in it' }),
        low: Type.Optional(Type.Integer({ description: 'nine quarters in ten lie from `low`' })),
        high: Type.Optional(
          Type.Integer({ description: 'to `high`; both absent where too little is known' }),
        ),
      }),
      { description: 'quarters in which it was not watched at all are left out' },
    ),
  }),
);
export type ActivityView = Static<typeof ActivityView>;

export const Availability = named(
  'Availability',
  closed({
    from: Type.Integer({ ...Instant, description: 'not before minutes began to be counted' }),
    to: Type.Integer({ ...Instant, description: 'end of the last whole quarter of an hour' }),
    places: Type.Array(
      closed({
        place: PlaceCode,
        share: Type.Number({ description: 'minutes watched of all minutes of all its cameras' }),
        cameras: Type.Array(closed({ cameraId: ResourceId, minutes: count, share: Type.Number() })),
      }),
    ),
  }),
);
export type Availability = Static<typeof Availability>;
