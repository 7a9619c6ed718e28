import { recordOf } from '../../core/audit/audit-row.ts';
import { ChainCheck, type ChainHead } from '../../core/audit/chain.ts';
import { takeRow } from '../../core/audit/verify-audit.ts';
import type { Bus } from '../../core/bus/bus.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { History } from '../history/index.ts';

export interface RoomDeps extends StageDeps {
  bus: Pick<Bus, 'streamUsage' | 'lastAudit' | 'limitAuditAge' | 'isConnected'>;
  history: Pick<History, 'auditRows'>;
}

/** How full the stream of the audit log is. */
export interface AuditUsage {
  at: number;
  /** 0 to 1. */
  share: number;
  /** Undefined below the first mark. */
  alarm: 'filling' | 'nearly-full' | undefined;
}

export interface AuditRoom {
  /** As it was when last looked at; undefined before. */
  latest(): AuditUsage | undefined;
}

const periodMs = 10 * 60_000;
const day = 86_400_000;
/** From here on what the history has confirmed is let go. */
const roomShare = 0.5;
const fillingShare = 0.7;
const nearlyFullShare = 0.85;
/** How old a record must be to be let go; the next when that was not enough. */
const ages = [30 * day, 7 * day, day];
/** The history writes within seconds; until it has the newest record it is asked so often, with so much between. */
const tries = 3;
const retryMs = 5000;

/**
 * Keeps room in the stream of the audit log. Records are let go by their age, and only while the history has every record
 * up to the newest, read back and chained; otherwise all stay, and a full stream refuses.
 */
export const keepAuditRoom = (deps: RoomDeps): AuditRoom & { close(): Promise<void> } => {
  const { bus, clock, log, metrics } = deps;
  const closing = new AbortController();
  const confirmation = new Confirmation(deps);
  let latest: AuditUsage | undefined;
  const turn = async (): Promise<void> => {
    if (!bus.isConnected) return; // health says so already
    try {
      const { bytes, maxBytes, maxAgeMs } = await bus.streamUsage('AUDIT');
      const share = bytes / maxBytes;
      latest = { at: Math.round(clock.now()), share, alarm: alarmAt(share) };
      tell(deps, latest);
      if (maxAgeMs === 0 && share < roomShare) return;
      const isConfirmed = await confirmation.renew(closing.signal);
      if (closing.signal.aborted) return;
      const wanted = isConfirmed ? ageAfter(maxAgeMs, share) : 0;
      if (wanted === maxAgeMs) return;
      await bus.limitAuditAge(wanted);
      log.info({ service: 'audit', maxAgeMs: wanted }, 'what the stream keeps of the audit log');
    } catch (error) {
      metrics.count('xueliang_api_audit_room_failures_total', 'Times no room could be made in the audit log');
      log.warn({ service: 'audit', err: error }, 'no room could be made in the audit log; tried again');
    }
  };
  const running = runEvery(clock, periodMs, closing.signal, turn);
  return {
    latest: () => latest,
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

/** The stream's own age is what counts, not what was set: whoever makes the streams again sets it back. */
const ageAfter = (maxAgeMs: number, share: number): number => {
  const [oldest = day] = ages;
  if (maxAgeMs === 0) return oldest;
  return share < fillingShare ? maxAgeMs : (ages.find((age) => age < maxAgeMs) ?? maxAgeMs);
};

const alarmAt = (share: number): AuditUsage['alarm'] => {
  if (share >= nearlyFullShare) return 'nearly-full';
  return share >= fillingShare ? 'filling' : undefined;
};

const tell = ({ log, metrics }: RoomDeps, { share, alarm }: AuditUsage): void => {
  metrics.gauge(
    'xueliang_bus_audit_used_ratio',
    'How full the bus stream of the audit log is, 0 to 1',
    share,
  );
  if (!alarm) return;
  const words = 'the audit log is filling up: see that the history writes, or raise site.bus.quota';
  if (alarm === 'nearly-full') log.error({ service: 'audit', share }, words);
  else log.warn({ service: 'audit', share }, words);
};

/** Reads back from the history what it has not read before, up to the newest record of the stream. */
class Confirmation {
  readonly #deps: RoomDeps;
  #head: ChainHead | undefined;

  constructor(deps: RoomDeps) {
    this.#deps = deps;
  }

  /** Whether the history has the newest record of the stream and all before it, as they were chained. */
  async renew(signal: AbortSignal): Promise<boolean> {
    for (let attempt = 0; attempt < tries && !signal.aborted; attempt++) {
      const newest = (await this.#deps.bus.lastAudit())?.value;
      if (!newest) return false;
      const head = await this.#readTo(newest.number);
      if (head?.number === newest.number && head.hash === newest.hash) return true;
      await this.#deps.clock.sleep(retryMs, signal);
    }
    this.#head = undefined; // all is read again the next time
    return false;
  }

  async #readTo(number: number): Promise<ChainHead | undefined> {
    while ((this.#head?.number ?? 0) < number) {
      const rows = await this.#deps.history.auditRows({ after: this.#head?.number ?? 0 });
      const [first] = rows;
      if (!first) return this.#head;
      const record = recordOf(first);
      if (!record) return undefined;
      const check = new ChainCheck([], this.#head ?? { number: record.number - 1, hash: record.previous });
      for (const row of rows) {
        if (row.number > number) break;
        if (takeRow(check, row)) return undefined;
      }
      this.#head = check.state().head;
    }
    return this.#head;
  }
}
