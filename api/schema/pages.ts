import { type Static, type TSchema, Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Instant } from '../../core/schema/ids.ts';
import { Label } from '../../core/schema/label.ts';
import { Place } from '../../core/schema/place.ts';
import { AlertView } from './alert-view.ts';
import { CameraView } from './camera-view.ts';
import { named, refTo } from './named.ts';

export const nextCursor = Type.Optional(
  Type.String({ description: 'give it as `cursor` for the next page; absent on the last one' }),
);

export const pageOf = <Item extends TSchema & { $id: string }>(name: string, item: Item) =>
  named(name, closed({ items: Type.Array(refTo(item)), nextCursor }));

export const AlertPage = pageOf('AlertPage', AlertView);
export const CameraPage = pageOf('CameraPage', CameraView);
export const PlaceView = named('Place', Place);
export const PlacePage = pageOf('PlacePage', PlaceView);

export const TrackCountView = named(
  'TrackCount',
  closed({
    key: Type.String({ description: 'camera id or place code' }),
    label: Label,
    at: Instant,
    count: Type.Integer({ minimum: 0 }),
  }),
);

export const TrackCounts = named(
  'TrackCounts',
  closed({
    from: Instant,
    to: Instant,
    items: Type.Array(refTo(TrackCountView)),
    isTruncated: Type.Boolean({ description: 'there are more rows; ask for a shorter time' }),
  }),
);
export type TrackCounts = Static<typeof TrackCounts>;
