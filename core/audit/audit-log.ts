import type { Bus } from '../bus/bus.ts';
import { isAppError } from '../errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { AuditEntry } from '../schema/audit.ts';
import { chainOn, emptyHead } from './chain.ts';
import { auditError } from './errors.ts';

/** Writes down who did what, before it is done: what cannot be written down is not done. */
export interface AuditLog {
  /** Resolves when the record is stored. Throws `bus-unavailable` or `audit-busy`: then it must not be done. */
  record(entry: Omit<AuditEntry, 'at'>): Promise<void>;
}

/** Several processes write to one chain; each of them waits for at most so many others in a row. */
const maxTries = 50;

/** The chain on the bus. Records of one process keep their order. */
export const createAuditLog = ({
  bus,
  clock,
}: {
  bus: Pick<Bus, 'appendAudit' | 'lastAudit'>;
  clock: Pick<Clock, 'now'>;
}): AuditLog => {
  let turn: Promise<unknown> = Promise.resolve();
  const append = async (entry: Omit<AuditEntry, 'at'>): Promise<void> => {
    for (let tries = 0; tries < maxTries; tries++) {
      const last = await bus.lastAudit();
      const record = chainOn(last?.value ?? emptyHead, { at: Math.round(clock.now()), ...entry });
      const isStored = await bus.appendAudit(record, last?.sequence ?? 0).then(
        () => true,
        (error: unknown) => {
          if (isAppError(error) && error.code === 'bus-conflict') return false;
          throw error;
        },
      );
      if (isStored) return;
    }
    throw auditError(
      'audit-busy',
      'the audit log is written to faster than this could be; try again in a moment',
    );
  };
  return {
    record: (entry) => {
      const done = turn.then(() => append(entry));
      turn = done.catch(() => undefined);
      return done;
    },
  };
};
