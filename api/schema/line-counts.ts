import { type Static, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Instant, ResourceId } from '../../core/schema/ids.ts';
import { Label } from '../../core/schema/label.ts';
import { CrossingDirection, lineCountSteps } from '../../core/schema/line-count.ts';
import { named, refTo } from './named.ts';

export const LineCountView = named(
  'LineCount',
  closed({
    cameraId: ResourceId,
    lineId: ResourceId,
    label: Label,
    direction: CrossingDirection,
    at: Type.Integer({ ...Instant, description: 'begin of the step, milliseconds since 1970-01-01 UTC' }),
    count: Type.Integer({ minimum: 0 }),
  }),
);

export const LineCountSeries = named(
  'LineCounts',
  closed({
    from: Instant,
    to: Instant,
    step: Type.Enum(lineCountSteps),
    items: Type.Array(refTo(LineCountView), { description: 'steps in which nobody crossed are left out' }),
    isTruncated: Type.Boolean({ description: 'there are more rows; ask for a shorter time' }),
  }),
);
export type LineCountSeries = Static<typeof LineCountSeries>;
