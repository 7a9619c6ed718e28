import { open } from 'node:fs/promises';
import { emptyHead } from '../../core/audit/chain.ts';
import type { Bus } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import type { AuditAnchor } from '../../core/schema/audit.ts';

export interface AnchorDeps {
  bus: Pick<Bus, 'lastAudit'>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Of the auditor's: to it lines are added and nothing else is done. */
  file: string;
}

const periodMs = 60 * 60_000;

/** Adds the audit log's head to a file every hour, and once more when closed. What goes wrong is logged and counted. */
export const keepAnchors = ({ bus, clock, log, metrics, file }: AnchorDeps): { close(): Promise<void> } => {
  const stopping = new AbortController();
  const anchor = async (): Promise<void> => {
    try {
      const { number, hash } = (await bus.lastAudit())?.value ?? emptyHead;
      await append(file, { at: Math.round(clock.now()), number, hash });
    } catch (error) {
      metrics.count('xueliang_api_audit_anchor_failures_total', 'Anchors that could not be written');
      log.error({ service: 'api', err: error }, 'the audit log could not be anchored');
    }
  };
  const running = runEvery(clock, periodMs, stopping.signal, anchor);
  return {
    close: async () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      await running;
      await anchor();
    },
  };
};

const append = async (file: string, anchor: AuditAnchor): Promise<void> => {
  const handle = await open(file, 'a', 0o640);
  try {
    await handle.appendFile(`${JSON.stringify(anchor)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
};
