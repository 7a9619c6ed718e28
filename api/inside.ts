import type { CheckedAudit } from '../core/audit/verify-audit.ts';
import type { AuditAnchor } from '../core/schema/audit.ts';
import type { StreamUsage } from '../core/schema/bus-usage.ts';
import type { Sweep } from '../core/schema/sweep.ts';
import type { ModelFacts } from './schema/inside-views.ts';

/** What was found when the audit log was read from its first record to its last. */
export interface AuditCheck extends CheckedAudit {
  at: number;
  /** Heads of the log that were kept elsewhere, and the last of them. */
  anchors: number;
  lastAnchor: AuditAnchor | undefined;
}

/** What the program knows of its own inside, for who looks after it. */
export interface Inside {
  streams(): Promise<StreamUsage[]>;
  models(): Promise<ModelFacts[]>;
  /** Thresholds measured on pictures of this site, the latest first. */
  sweeps(): Promise<Sweep[]>;
  /** Reads all of the audit log: seconds for each hundred thousand records. */
  checkAudit(): Promise<AuditCheck>;
}
