import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { AlertId, Instant, PlaceCode } from './ids.ts';

/** 交接班: what one shift tells the next, with the alerts of its ground that were open then. */
export const Handover = closed({
  schemaVersion: Type.Literal(1),
  /** A ULID: its first ten characters are the time it was written. */
  handoverId: AlertId,
  at: Instant,
  by: Type.String({ minLength: 1, maxLength: 64 }),
  /** Of whoever wrote it; read by whoever may see all of it. */
  ground: PlaceCode,
  text: Type.String({ minLength: 1, maxLength: 4000 }),
  /** Alerts that somebody still had to do something about, newest first. */
  openAlerts: Type.Array(AlertId, { maxItems: 200 }),
  /** There were more than could be listed. */
  isTruncated: Type.Boolean(),
});
export type Handover = Static<typeof Handover>;
