import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';

const count = Type.Integer({ minimum: 0 });

/** What there is of an archive on the disk: it is being made, it is there, or it could not be made. */
export const ArchiveNote = Type.Union([
  /** So many alerts are done of all. */
  closed({ state: Type.Literal('making'), made: count, of: count }),
  closed({
    state: Type.Literal('ready'),
    bytes: count,
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    files: count,
  }),
  closed({
    state: Type.Literal('failed'),
    code: Type.String({ maxLength: 64 }),
    message: Type.String({ maxLength: 500 }),
  }),
]);
export type ArchiveNote = Static<typeof ArchiveNote>;

/** Where the archive of an approved export stands. */
export const ArchiveState = Type.Union([
  closed({ state: Type.Literal('waiting') }),
  ...ArchiveNote.anyOf,
  closed({ state: Type.Literal('removed') }),
]);
export type ArchiveState = Static<typeof ArchiveState>;
