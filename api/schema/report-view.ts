import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Instant, PlaceCode, ResourceId } from '../../core/schema/ids.ts';
import { alertCountKeys, responseSteps, seriesSteps } from '../history/index.ts';
import { named } from './named.ts';

const count = Type.Integer({ minimum: 0 });
const maybe = <Schema extends ReturnType<typeof Type.Integer> | ReturnType<typeof Type.Number>>(
  schema: Schema,
) => Type.Optional(schema);
const spanMs = maybe(Type.Integer({ minimum: 0 }));
const falseAlarmShare = maybe(Type.Number({ description: 'of those judged; absent when none was' }));

export const seriesOf = ['alerts', 'falseAlarms', 'responses'] as const;

export const StatisticsSeries = named(
  'StatisticsSeries',
  closed({
    ...{ from: Instant, to: Instant },
    of: Type.Enum(seriesOf),
    by: Type.Enum(seriesSteps),
    per: Type.Enum(alertCountKeys),
    items: Type.Array(
      closed({
        ...{ key: Type.String(), at: Instant, raised: count },
        judged: maybe(Type.Integer({ description: 'with `falseAlarms`: resolved, false or a duplicate' })),
        ...{ falseAlarms: maybe(count), share: falseAlarmShare },
        answered: maybe(Type.Integer({ description: 'with `responses`: somebody took a first step' })),
        ...{ answerMedianMs: spanMs, resolved: maybe(count), resolveMedianMs: spanMs },
      }),
      { description: 'steps in which nothing was raised are left out' },
    ),
    isTruncated: Type.Boolean({ description: 'there are more rows; ask for less' }),
  }),
);
export type StatisticsSeries = Static<typeof StatisticsSeries>;

const counts = { raised: count, judged: count, falseAlarms: count, falseAlarmShare };

export const ReportPart = closed({
  ...{ from: Instant, to: Instant, ...counts },
  responses: Type.Array(
    closed({
      ...{ step: Type.Enum(responseSteps), raised: count, reached: count, medianMs: spanMs, p95Ms: spanMs },
      ...{ stepMedianMs: spanMs, stepP95Ms: spanMs, due: count, inTime: count },
      share: maybe(Type.Number({ description: '`inTime` of `due`; absent when none was due' })),
    }),
  ),
  scenarios: Type.Array(closed({ scenarioId: ResourceId, ...counts })),
  availability: maybe(
    Type.Number({
      description: 'share of minutes watched, of cameras that stand now; absent when none was counted',
    }),
  ),
});
export type ReportPart = Static<typeof ReportPart>;

const change = maybe(Type.Number());

/** A township's month, quarter or year, and the one before. Nobody's name is in it. */
export const StatisticsReport = named(
  'StatisticsReport',
  closed({
    place: PlaceCode,
    span: Type.String(),
    isOver: Type.Boolean({ description: 'false while the span lasts: then it is held against a whole one' }),
    now: ReportPart,
    before: ReportPart,
    changes: Type.Object(
      {
        ...{
          raised: Type.Integer(),
          falseAlarmShare: change,
          availability: change,
          acknowledgedShare: change,
        },
        ...{ acknowledgedMedianMs: change, resolvedShare: change, resolvedMedianMs: change },
      },
      { description: '`now` less `before`; absent where one of the two is not known' },
    ),
  }),
);
export type StatisticsReport = Static<typeof StatisticsReport>;
