import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { PlaceCode, ResourceId } from '../../core/schema/ids.ts';
import { scenarioKinds } from '../../core/schema/scenario.ts';
import { Severity } from '../../core/schema/severity.ts';
import { named } from './named.ts';

const afterMs = Type.Integer({ minimum: 0, description: 'from when an alert is raised' });
const name = Type.String();

/** What statistics are reckoned by, and what the ids in them stand for. */
export const StatisticsLegend = named(
  'StatisticsLegend',
  closed({
    timezone: Type.String({ description: 'in which days and hours begin' }),
    deadlines: Type.Array(
      closed({
        place: Type.Union([PlaceCode, Type.Literal('')], { description: 'a subtree; empty: the site' }),
        severities: Type.Array(Severity, { description: 'empty: all' }),
        ...{ acknowledgedMs: afterMs, onSceneMs: afterMs, resolvedMs: afterMs },
      }),
      { description: 'the first that fits an alert counts' },
    ),
    scenarios: Type.Array(closed({ id: ResourceId, name, kind: Type.Enum(scenarioKinds) })),
    cameras: Type.Array(
      closed({
        ...{ id: ResourceId, name, place: PlaceCode },
        lines: Type.Array(closed({ id: ResourceId, name })),
        isWatchedForActivity: Type.Boolean(),
      }),
      { description: 'of the asker’s ground' },
    ),
  }),
);
export type StatisticsLegend = Static<typeof StatisticsLegend>;
