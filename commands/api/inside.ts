import { readFile } from 'node:fs/promises';
import type { Inside } from '../../api/index.ts';
import { parseAnchors } from '../../core/audit/anchors.ts';
import { verifyAudit } from '../../core/audit/verify-audit.ts';
import { measureStreams } from '../../core/bus/measure-streams.ts';
import type { Environment } from '../../core/config/environment.ts';
import type { AuditAnchor } from '../../core/schema/audit.ts';
import { listModels } from '../../models/index.ts';
import { readSweeps, sweepFolder } from '../eval/sweep/kept-sweeps.ts';
import type { RoleContext } from '../role.ts';

/** What the API tells of the program's inside. */
export const createInside = (
  { bus, clock, log }: Pick<RoleContext, 'bus' | 'clock' | 'log'>,
  { cacheFolder, modelSources: sources, dataFolder, auditAnchorFile }: Environment,
): Inside => ({
  streams: () => measureStreams(bus.nats),
  models: async () =>
    (await listModels({ cacheFolder, sources, log })).map(({ ownCardPath, ...facts }) => ({
      ...facts,
      isOwn: ownCardPath !== null,
    })),
  sweeps: () => readSweeps(sweepFolder(dataFolder), log),
  checkAudit: async () => {
    const anchors = await readAnchors(auditAnchorFile);
    const at = Math.round(clock.now());
    return {
      ...(await verifyAudit(bus, anchors, at)),
      ...{ at, anchors: anchors.length, lastAnchor: anchors.at(-1) },
    };
  },
});

/** None where none are kept or the file cannot be read: that is told by their number. Throws `anchors-unreadable`. */
const readAnchors = async (file: string | undefined): Promise<AuditAnchor[]> =>
  file === undefined ? [] : parseAnchors(await readFile(file, 'utf8').catch(() => ''));
