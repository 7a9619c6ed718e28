import { Type } from 'typebox';
import { DeadLetter, FeedStatus } from '../../core/schema/feed.ts';
import { named, refTo } from './named.ts';

export const FeedView = named('Feed', FeedStatus);
export const FeedList = named('FeedList', Type.Object({ items: Type.Array(refTo(FeedView)) }));
export const DeadLetterView = named('DeadLetter', DeadLetter);
export const DeadLetterList = named(
  'DeadLetterList',
  Type.Object({ items: Type.Array(refTo(DeadLetterView)) }),
);
export const DeadLetterRetry = named(
  'DeadLetterRetry',
  Type.Object({ waiting: Type.Integer({ minimum: 0, description: 'how many are sent again' }) }),
);
