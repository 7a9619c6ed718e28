import path from 'node:path';
import { createLifecycle } from '../../alerts/index.ts';
import type { Environment } from '../../core/config/environment.ts';
import { parseDuration, parseSize } from '../../core/config/quantity.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { Medium } from '../../core/schema/alert.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import { openEvidenceStore } from '../../ingest/evidence/index.ts';
import type { RoleContext, RunningRole } from '../role.ts';

const defaultQuota = '20GB';
/** State Council Order 799: at least 30 days, then deleted. */
const defaultRetention = '30d';
const minFreeBytes = 1024 ** 3;
const enforceEveryMs = 10_000;

/** The alerts role: the lifecycle of every alert, and the keeping of evidence within quota and retention. */
export const openAlerts = async (context: RoleContext, environment: Environment): Promise<RunningRole> => {
  const { bus, resources, clock, log, metrics, signal } = context;
  const lifecycle = createLifecycle({ bus, clock, log, metrics });
  await lifecycle.start();
  const evidence = await openEvidenceStore({
    folder: path.join(environment.dataFolder, 'evidence'),
    ...evidenceLimits(resources.site()),
    clock,
    log,
    metrics,
    onDeleted: (alertId, medium, reason) => tellDeleted(context, alertId, medium, reason),
  });
  const keeping = runEvery(clock, enforceEveryMs, signal, async () => {
    await evidence.enforce().catch((error: unknown) => {
      log.error({ service: 'evidence', err: error }, 'evidence could not be kept within its bounds');
    });
  });
  return {
    facts: () => ({}),
    close: async () => {
      await keeping;
      await evidence.close();
      await lifecycle.close();
    },
  };
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
  medium: Medium,
  reason: string,
): Promise<void> => {
  try {
    const latest = await bus.latestAlertEvent(alertId);
    if (!latest) return; // evidence of an alert that the bus never had
    const { cameraId, place } = latest.value;
    await bus.appendAlertEvent({
      schemaVersion: 1,
      eventId: `${alertId}.${medium}-deleted`,
      alertId,
      cameraId,
      place,
      at: clock.now(),
      type: 'mediaDeleted',
      medium,
      reason,
    });
  } catch (error) {
    log.error({ service: 'evidence', alertId, medium, err: error }, 'a deletion could not be told');
  }
};
