import { Type } from 'typebox';
import { closed } from '../../core/schema/closed.ts';
import { Handover } from '../../core/schema/handover.ts';
import { named, refTo } from './named.ts';
import { nextCursor } from './pages.ts';

export const HandoverView = named('Handover', Handover);
export const HandoverPage = named(
  'HandoverPage',
  closed({ items: Type.Array(refTo(HandoverView)), nextCursor }),
);
