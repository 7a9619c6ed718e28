import path from 'node:path';
import type { ApiDeps } from '../../api-deps.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { ExportDesk } from '../export-desk.ts';
import type { ExportRegister } from '../export-register.ts';
import { ArchiveDesk } from './archive-desk.ts';
import { ArchiveFolder } from './archive-folder.ts';
import { ArchiveLock } from './archive-lock.ts';
import { ArchiveTurns } from './archive-turns.ts';

export interface ArchivesDeps extends ApiDeps {
  exportDesk: ExportDesk;
  register: ExportRegister;
  trail: AuditTrail;
}

/** Archives as the API has them: who hands them out, and who makes them, where they are made at all. */
export const createArchives = (deps: ArchivesDeps): { desk: ArchiveDesk; turns?: ArchiveTurns } => {
  const { archiveMaker: maker, clock, dataFolder, exportDesk, exportStore: store, trail } = deps;
  const place = path.join(dataFolder, 'exports');
  const folder = new ArchiveFolder(place);
  const desk = new ArchiveDesk({ find: (...asked) => exportDesk.find(...asked), folder, trail, clock });
  if (!maker) return { desk };
  const lock = new ArchiveLock(place, clock);
  return { desk, turns: new ArchiveTurns({ ...deps, maker, folder, lock, store }) };
};
