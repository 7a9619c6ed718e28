import { exportStateAt } from '../../../core/export-steps.ts';
import type { ArchiveState } from '../../../core/schema/archive-state.ts';
import type { Export } from '../../../core/schema/export.ts';
import type { ArchiveFolder } from './archive-folder.ts';

/** Where the archive of an export stands, from the register and the disk alone; nothing as long as nobody approved it. */
export const archiveStateOf = async (
  exported: Export,
  now: number,
  folder: Pick<ArchiveFolder, 'noteOf'>,
): Promise<ArchiveState | undefined> => {
  if (!exported.steps.some(({ to }) => to === 'approved')) return undefined;
  if (exportStateAt(exported, now) !== 'approved') return { state: 'removed' };
  return (await folder.noteOf(exported.exportId)) ?? { state: 'waiting' };
};
