import { emptyHead } from '../../core/audit/chain.ts';
import type { Bus } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import { backoffDelayMs } from '../../core/runtime/backoff.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { AuditAnchor } from '../../core/schema/audit.ts';

/** Sends an anchor to the auditor and resolves when it was taken. Throws when it was not. */
export type SendAnchor = (anchor: AuditAnchor, signal: AbortSignal) => Promise<void>;

export interface SendAnchorsDeps {
  bus: Pick<Bus, 'lastAudit'>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  send: SendAnchor;
}

/** What the auditor has been sent. */
export interface AnchorDelivery {
  /** Since when none was delivered, once that is a day; undefined before. */
  lateSince(): number | undefined;
}

const periodMs = 60 * 60_000;
const lateMs = 24 * 60 * 60_000;
const backoff = { baseMs: 5000, maxMs: 300_000 };
/** The last one may not hold up the end of the program. */
const farewellMs = 5000;

/**
 * Sends the audit log's head to the auditor at once, every hour and once more when closed. What is not taken is tried
 * again until the next hour's head is due, which says more.
 */
export const sendAnchors = (deps: SendAnchorsDeps): AnchorDelivery & { close(): Promise<void> } => {
  const { bus, clock } = deps;
  const closing = new AbortController();
  let deliveredAt = clock.monotonic();
  let deliveredClockAt = Math.round(clock.now());
  const deliver = async (signal: AbortSignal): Promise<void> => {
    const { number, hash } = (await bus.lastAudit())?.value ?? emptyHead;
    await deps.send({ at: Math.round(clock.now()), number, hash }, signal);
    deliveredAt = clock.monotonic();
    deliveredClockAt = Math.round(clock.now());
  };
  const attempt = (signal: AbortSignal): Promise<boolean> =>
    deliver(signal).then(
      () => true,
      (error: unknown) => tellFailure(deps, error, signal),
    );
  const turn = async (): Promise<void> => {
    const dueAt = clock.monotonic() + periodMs;
    for (let tries = 0; !closing.signal.aborted; tries++) {
      if (await attempt(closing.signal)) break;
      const delayMs = backoffDelayMs(tries, backoff);
      if (clock.monotonic() + delayMs >= dueAt) break;
      await clock.sleep(delayMs, closing.signal);
    }
    await clock.sleep(dueAt - clock.monotonic(), closing.signal);
  };
  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) await turn();
  };
  const running = run();
  return {
    lateSince: () => (clock.monotonic() - deliveredAt >= lateMs ? deliveredClockAt : undefined),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await running;
      await attemptWithin(clock, farewellMs, attempt);
    },
  };
};

const attemptWithin = async (
  clock: Clock,
  deadlineMs: number,
  attempt: (signal: AbortSignal) => Promise<boolean>,
): Promise<void> => {
  const ending = new AbortController();
  const done = new AbortController();
  const late = clock.sleep(deadlineMs, done.signal).then(() => ending.abort());
  await Promise.race([attempt(ending.signal), late]);
  done.abort();
};

const tellFailure = ({ metrics, log }: SendAnchorsDeps, error: unknown, signal: AbortSignal): false => {
  if (signal.aborted) return false;
  metrics.count('xueliang_api_audit_anchor_failures_total', 'Anchors that could not be written or sent');
  log.error(
    { service: 'api', err: error },
    'the audit log could not be anchored with the auditor; tried again',
  );
  return false;
};
