import type { Bus } from '../core/bus/bus.ts';
import type { NormalsStore } from '../core/bus/normals-store.ts';
import type { User } from '../core/schema/user.ts';
import type { WhatIf } from '../core/what-if/what-if.ts';
import { openActivity } from './activity/open-activity.ts';
import type { ApiBus, ApiDeps } from './api-deps.ts';
import { keepAnchors } from './audit/keep-anchors.ts';
import { keepAuditRoom, type RoomDeps } from './audit/keep-room.ts';
import { type SendAnchor, sendAnchors } from './audit/send-anchors.ts';
import { ensureFirstUser, type FirstUser } from './auth/first-boot.ts';
import { type History, type HistoryOptions, openHistory, runHistoryWriter } from './history/index.ts';
import { LiveStatus } from './live/live-status.ts';
import { type Api, openApi } from './open-api.ts';
import { openReconciliation, type ReconciliationDeps } from './reconciliation/open-reconciliation.ts';

export interface ApiRoleOptions
  extends Omit<
    ApiDeps,
    'bus' | 'history' | 'live' | 'whatIf' | 'reconciliation' | 'auditRoom' | 'anchorDelivery'
  > {
  bus: ApiBus &
    Pick<Bus, 'consume' | 'answerWhatIf' | 'answerAuditRows'> &
    ReconciliationDeps['bus'] &
    RoomDeps['bus'];
  /** To which the audit log's head is added; nowhere when left out. */
  anchorFile?: string;
  /** How the auditor is sent the audit log's head; not at all when left out. */
  sendAnchor?: SendAnchor;
  port: number;
  /** Folder of the embedded history, or of nothing when `history.url` is set. */
  history: Pick<HistoryOptions, 'folder' | 'url' | 'quotaBytes' | 'trackRetentionMs' | 'alertRetentionMs'>;
  /** Where workers find what is normal on their cameras. */
  normals: NormalsStore;
  /** Makes what runs scenarios again over the history. */
  createWhatIf(history: History): WhatIf;
  /** Stores a user among the site's resources. */
  storeUser(user: User): Promise<void>;
  /** Shows the operator the first user's secret, once. */
  onFirstUser(user: FirstUser): void;
}

/** The role `api`: history, its writer and the API, as one. */
export interface ApiRole {
  readonly url: string;
  /** Resolves when the writer has ended by itself, which it only does when closed; rejects with why it could not go on. */
  readonly failed: Promise<never>;
  /** Stops listening, ends the streams of events, writes what is in hand, closes the history: in this order. */
  close(): Promise<void>;
}

/**
 * Opens the history, carries the bus into it and serves the API. Throws what `openHistory` and `openApi` throw, having
 * closed what was open.
 */
export const openApiRole = async (options: ApiRoleOptions): Promise<ApiRole> => {
  const { bus, clock, log, metrics, host, resources, storeUser, onFirstUser } = options;
  const history = await openHistory({
    ...options.history,
    ...{ clock, log, metrics },
    noteRemoval: ({ table, partition, reason }) =>
      options.audit.record({
        ...{ who: 'api', what: 'historyRemoved', target: `history/${table}/${partition}`, why: reason },
      }),
  });
  const whatIf = options.createWhatIf(history);
  const stopping = new AbortController();
  const writing = runHistoryWriter({ bus, history, signal: stopping.signal });
  const live = new LiveStatus(options);
  const reconciliation = openReconciliation({ bus, history, clock, log, metrics });
  const auditRoom = keepAuditRoom({ bus, history, clock, log, metrics });
  // Before anybody writes: a stream that has let all go learns the last record from the history.
  const forgetAuditRows = bus.answerAuditRows((request) => history.auditRows(request));
  const { sendAnchor: send } = options;
  const anchorDelivery = send && sendAnchors({ bus, clock, log, metrics, send });
  let api: Api;
  try {
    const first = await ensureFirstUser({
      ...{ host, storeUser },
      users: resources.users(),
      ground: resources.site().place,
    });
    if (first) onFirstUser(first);
    api = await openApi({
      ...options,
      history,
      live,
      whatIf,
      reconciliation,
      auditRoom,
      ...(anchorDelivery ? { anchorDelivery } : {}),
    });
  } catch (error) {
    await anchorDelivery?.close();
    forgetAuditRows();
    await auditRoom.close();
    await reconciliation.close();
    stopping.abort();
    await writing.catch(() => undefined); // what went wrong first is what is told
    await history.close();
    throw error;
  }
  const activity = openActivity({ ...options, history, cameras: live.cameras, store: options.normals });
  const { anchorFile: file } = options;
  const anchors = file === undefined ? undefined : keepAnchors({ bus, clock, log, metrics, file });
  const forgetWhatIf = bus.answerWhatIf((request) => whatIf.ask(request, resources.site().place));
  log.info({ service: 'api', url: api.url }, 'api listening');
  const failed = new Promise<never>((_resolve, reject) => {
    writing.catch(reject);
  });
  failed.catch(() => undefined); // whoever waits for it hears of it; nobody has to
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    forgetWhatIf();
    await api.close();
    await anchors?.close();
    await anchorDelivery?.close();
    await activity.close();
    forgetAuditRows();
    await auditRoom.close();
    await reconciliation.close();
    stopping.abort();
    await writing.catch(() => undefined); // told through `failed`
    await history.close();
  };
  return {
    url: api.url,
    failed,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};
