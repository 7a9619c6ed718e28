import type { Missing, WatchState } from '../../core/schema/explanation.ts';
import type { Label } from '../../core/schema/label.ts';
import type { Ongoing, Watch } from './watch.ts';

/** How near a watch is to an alert, and what it lacks. */
export interface WatchExplanation {
  state: WatchState;
  missing: Missing[];
}

/** The situation goes on: a second alert to it is not wanted. */
export const explainOpen = ({ alertId }: Ongoing): WatchExplanation => ({
  state: 'open',
  missing: [{ what: 'suppressed', why: 'situation-open', by: alertId }],
});

/** Off duty nothing begins, but a vehicle that was alerted to is followed until it leaves. */
export const explainOffDuty = (watch: Watch, nextAt: number | undefined): WatchExplanation => {
  const [open] = watch.ongoing();
  if (open) return explainOpen(open);
  const schedule = { what: 'schedule' as const, ...(nextAt === undefined ? {} : { nextAt }) };
  return { state: 'off-duty', missing: [schedule] };
};

/** Without a frame of lately only what goes on can be said. */
export const explainUnlooked = (watch: Watch): WatchExplanation => {
  const [open] = watch.ongoing();
  return open ? explainOpen(open) : { state: 'idle', missing: [{ what: 'frames' }] };
};

/** What lacks to something that stays. When its dwell time is over and it is seen, only the bound on alerts is left. */
export const explainDwell = (
  { haveMs, needMs, label }: { haveMs: number; needMs: number; label?: Label | undefined },
  isSeen: boolean,
): WatchExplanation => {
  if (haveMs < needMs) {
    const dwell = { what: 'dwell' as const, haveMs: Math.round(Math.max(0, haveMs)), needMs };
    return { state: 'building', missing: [label === undefined ? dwell : { ...dwell, label }] };
  }
  return isSeen
    ? { state: 'suppressed', missing: [{ what: 'suppressed', why: 'too-many-open' }] }
    : { state: 'building', missing: [{ what: 'sight' }] };
};
