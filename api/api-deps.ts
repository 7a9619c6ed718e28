import type { ArchiveMaker } from '../core/archive.ts';
import type { AuditLog } from '../core/audit/audit-log.ts';
import type { CallResponder } from '../core/bus/answer-calls.ts';
import type { AnswerStore } from '../core/bus/answer-store.ts';
import type { Bus } from '../core/bus/bus.ts';
import type { ExportStore } from '../core/bus/export-store.ts';
import type { Feeds } from '../core/bus/feeds.ts';
import type { LayoutStore } from '../core/bus/layout-store.ts';
import type { SessionStore } from '../core/bus/session-store.ts';
import type { SiteStore } from '../core/bus/site-store.ts';
import type { EvidencePictures, EvidenceReader } from '../core/evidence.ts';
import type { Logger } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Resources } from '../core/resources.ts';
import type { Clock } from '../core/runtime/clock.ts';
import type { Site } from '../core/schema/site.ts';
import type { WhatIf } from '../core/what-if/what-if.ts';
import type { AuditRoom } from './audit/keep-room.ts';
import type { AnchorDelivery } from './audit/send-anchors.ts';
import type { History } from './history/index.ts';
import type { Inside } from './inside.ts';
import type { AlertHubLimits } from './live/alert-hub.ts';
import type { LiveStatus } from './live/live-status.ts';
import type { Reconciler } from './reconciliation/open-reconciliation.ts';

/** What the API asks of the bus. */
export type ApiBus = Pick<
  Bus,
  | 'follow'
  | 'commandLoudspeaker'
  | 'gatherMetrics'
  | 'explain'
  | 'liveDoor'
  | 'isConnected'
  | 'appendHandover'
  | 'handoversOf'
  | 'eventsOfAlert'
  | 'appendAlertEventAfter'
>;

/** All that the API needs. It owns none of it. */
export interface ApiDeps {
  bus: ApiBus;
  history: History;
  evidence: EvidenceReader;
  /** Blurs snapshots for responders, and keeps what comes from the spot. */
  pictures: EvidencePictures;
  answers: AnswerStore;
  /** Who is signed in, for all API processes of a site. */
  sessionStore: SessionStore;
  /** What evidence was asked to be let out, for all API processes of a site. */
  exportStore: ExportStore;
  /** Makes the archives of approved exports; none are made when left out. */
  archiveMaker?: ArchiveMaker;
  /** What each user's wall shows, for all API processes of a site. */
  layoutStore: LayoutStore;
  /** Has a responder's webhook told of a link. */
  callResponder: CallResponder;
  whatIf: WhatIf;
  reconciliation: Reconciler;
  auditRoom: AuditRoom;
  inside: Inside;
  /** When the auditor is sent anchors. */
  anchorDelivery?: AnchorDelivery;
  resources: Resources;
  /** Where the resources come from, and are changed. */
  store: Pick<SiteStore, 'get' | 'mark' | 'put' | 'remove'>;
  audit: AuditLog;
  /** What the alerts role tells other systems. */
  feeds: Feeds;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** The address it listens on. Beyond loopback everybody signs in. */
  host: string;
  /** A folder on the disk whose room `health` tells, and in which archives and unfinished pictures lie. */
  dataFolder: string;
  /** Begun and closed with the API; one of its own when left out. */
  live?: LiveStatus;
  /** Signs links; shared by all API processes of a site. One of its own when left out. */
  linkKey?: Buffer;
  limits?: Partial<AlertHubLimits>;
  /** Refuses a site whose model lacks what its scenarios need, as `apply` does; when left out every model fits. */
  requireFit?: (site: Site) => Promise<void>;
}
