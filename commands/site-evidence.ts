import path from 'node:path';
import type { Environment } from '../core/config/environment.ts';
import { parseDuration, parseSize } from '../core/config/quantity.ts';
import type { EvidenceName } from '../core/evidence.ts';
import type { AlertEvent } from '../core/schema/alert.ts';
import type { SiteSettings } from '../core/schema/site.ts';
import { type EvidenceStore, openEvidenceStore } from '../ingest/evidence/index.ts';
import type { RoleContext } from './role.ts';

const defaultQuota = '20GB';
/** State Council Order 799: at least 30 days, then deleted. */
const defaultRetention = '30d';
/** Below this somebody else fills the disk, and evidence makes room before the bus and the history suffer. */
const minFreeBytes = 1024 ** 3;

export const evidenceFolder = ({ dataFolder }: Environment): string => path.join(dataFolder, 'evidence');

/** Opens the site's evidence store. Whoever deletes from it, each deletion becomes an event of its alert. */
export const openSiteEvidence = (context: RoleContext, environment: Environment): Promise<EvidenceStore> => {
  const { resources, clock, log, metrics } = context;
  return openEvidenceStore({
    folder: evidenceFolder(environment),
    ...evidenceLimits(resources.site()),
    clock,
    log,
    metrics,
    onDeleted: (alertId, name, reason) => tellDeleted(context, alertId, name, reason),
  });
};

const evidenceLimits = ({ evidence }: SiteSettings) => ({
  quotaBytes: parseSize(evidence?.quota ?? defaultQuota),
  retentionMs: parseDuration(evidence?.retention ?? defaultRetention),
  minFreeBytes,
});

/** A deletion is an event of its alert. The evidence knows the alert's id alone; the bus knows where it belongs. */
const tellDeleted = async (
  { bus, clock, log }: RoleContext,
  alertId: string,
  name: EvidenceName,
  reason: string,
): Promise<void> => {
  try {
    const latest = await bus.latestAlertEvent(alertId);
    if (!latest) return; // evidence of an alert that the bus never had
    const { cameraId, place } = latest.value;
    const base = { schemaVersion: 1, alertId, cameraId, place, at: clock.now() } as const;
    await bus.appendAlertEvent({ ...base, ...toDeletion(alertId, name, reason) });
  } catch (error) {
    log.error({ service: 'evidence', alertId, name, err: error }, 'a deletion could not be told');
  }
};

const pictureMark = 'picture-';

type Deletion =
  | Pick<AlertEvent & { type: 'mediaDeleted' }, 'type' | 'eventId' | 'medium' | 'reason'>
  | Pick<AlertEvent & { type: 'pictureDeleted' }, 'type' | 'eventId' | 'sha256' | 'reason'>;

const toDeletion = (alertId: string, name: EvidenceName, reason: string): Deletion => {
  if (name === 'snapshot' || name === 'clip')
    return { type: 'mediaDeleted', eventId: `${alertId}.${name}-deleted`, medium: name, reason };
  const sha256 = name.slice(pictureMark.length);
  const eventId = `${alertId}.picture-deleted-${sha256.slice(0, 16)}`;
  return { type: 'pictureDeleted', eventId, sha256, reason };
};
