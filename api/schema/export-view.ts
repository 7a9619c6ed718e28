import { type Static, Type } from 'typebox';
import { exportExpiresAt, exportStateAt } from '../../core/export-steps.ts';
import { ArchiveState } from '../../core/schema/archive-state.ts';
import { closed } from '../../core/schema/closed.ts';
import { Export, exportStates } from '../../core/schema/export.ts';
import { Instant } from '../../core/schema/ids.ts';
import { named } from './named.ts';
import { pageOf } from './pages.ts';

const { schemaVersion: _, ...facts } = Export.properties;

/** An export with where it stands now. */
export const ExportView = named(
  'Export',
  closed({
    ...facts,
    state: Type.Enum(exportStates),
    expiresAt: Type.Optional(
      Type.Unsafe<number>({
        ...Instant,
        description: 'until when it waits for an answer, or is approved; milliseconds since 1970-01-01 UTC',
      }),
    ),
    /** Only once it was approved. */
    archive: Type.Optional(ArchiveState),
  }),
);
export type ExportView = Static<typeof ExportView>;

export const ExportPage = pageOf('ExportPage', ExportView);

export const toExportView = (exported: Export, now: number, archive?: ArchiveState): ExportView => {
  const { schemaVersion: _version, ...rest } = exported;
  const expiresAt = exportExpiresAt(exported);
  return {
    ...rest,
    state: exportStateAt(exported, now),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(archive === undefined ? {} : { archive }),
  };
};
