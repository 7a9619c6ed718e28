import type { FileHandle } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import type { ExportEntry } from '../../../core/bus/export-store.ts';
import { exportStateAt } from '../../../core/export-steps.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import type { ArchiveState } from '../../../core/schema/archive-state.ts';
import type { Export } from '../../../core/schema/export.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { principalOf } from '../../auth/guard.ts';
import { apiError } from '../../errors.ts';
import { type ExportView, toExportView } from '../../schema/export-view.ts';
import type { ArchiveFolder } from './archive-folder.ts';
import { archiveStateOf } from './archive-state.ts';

export interface ArchiveDeskDeps {
  /** Finds what the asker may see, as the bucket has it. */
  find(request: FastifyRequest, exportId: string): Promise<ExportEntry>;
  folder: ArchiveFolder;
  trail: AuditTrail;
  clock: Clock;
}

export interface FetchedArchive {
  file: FileHandle;
  bytes: number;
  sha256: string;
}

/** Hands archives to whoever asked for them, and to nobody else. */
export class ArchiveDesk {
  readonly #deps: ArchiveDeskDeps;

  constructor(deps: ArchiveDeskDeps) {
    this.#deps = deps;
  }

  /** An export with where it and its archive stand now. */
  async view(exported: Export): Promise<ExportView> {
    const now = this.#deps.clock.now();
    return toExportView(exported, now, await archiveStateOf(exported, now, this.#deps.folder));
  }

  /**
   * Opens the archive; that it is fetched is written down first. Whoever takes it closes it. Throws `export-unknown`,
   * `export-moved` or `export-not-ready`.
   */
  async fetch(request: FastifyRequest, exportId: string): Promise<FetchedArchive> {
    const { folder, trail } = this.#deps;
    const exported = await this.#own(request, exportId);
    const archive = await this.#archiveOf(exported);
    if (archive?.state !== 'ready') throw notReady(exportId, archive);
    const file = await folder.open(exportId);
    try {
      const target = `exports/${exportId}`;
      await trail.done(request, { what: 'exportFetched', target, place: exported.ground, to: 'ready' });
    } catch (error) {
      await file.close();
      throw error;
    }
    return { file, bytes: archive.bytes, sha256: archive.sha256 };
  }

  /** Lets an archive that could not be made be made again. Throws `export-unknown` or `export-moved`. */
  async retry(request: FastifyRequest, exportId: string): Promise<ExportView> {
    const exported = await this.#own(request, exportId);
    const archive = await this.#archiveOf(exported);
    if (archive?.state === 'failed') await this.#deps.folder.remove(exportId);
    return this.view(exported);
  }

  /** Also where somebody may see it who did not ask for it, and for a program, which asks for nothing. */
  async #own(request: FastifyRequest, exportId: string): Promise<Export> {
    const { exported } = await this.#deps.find(request, exportId);
    const { id, kind } = principalOf(request);
    if (kind === 'user' && exported.by === id) return exported;
    throw apiError('export-unknown', `there is no export ${exportId} of yours`);
  }

  async #archiveOf(exported: Export): Promise<ArchiveState | undefined> {
    const { clock, folder } = this.#deps;
    const now = clock.now();
    const state = exportStateAt(exported, now);
    if (state === 'approved') return archiveStateOf(exported, now, folder);
    throw apiError(
      'export-moved',
      `export ${exported.exportId} is ${state}; an archive is for what is approved`,
    );
  }
}

const notReady = (exportId: string, archive: ArchiveState | undefined) => {
  const how =
    archive?.state === 'making' ? `making, ${archive.made} of ${archive.of} alerts done` : archive?.state;
  const why =
    archive?.state === 'failed' ? ` (${archive.code}: ${archive.message}); POST here to try again` : '';
  return apiError('export-not-ready', `the archive of export ${exportId} is ${how ?? 'waiting'}${why}`);
};
