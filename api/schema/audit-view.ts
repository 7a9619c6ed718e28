import { Type } from 'typebox';
import { AuditRecord } from '../../core/schema/audit.ts';
import { closed } from '../../core/schema/closed.ts';
import { named, refTo } from './named.ts';
import { nextCursor } from './pages.ts';

export const AuditRecordView = named('AuditRecord', AuditRecord);
export const AuditRecordPage = named(
  'AuditRecordPage',
  closed({ items: Type.Array(refTo(AuditRecordView)), nextCursor }),
);
