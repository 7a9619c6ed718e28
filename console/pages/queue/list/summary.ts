import type { OpenAlertView } from '../../../../api/schema/open-alert-view.ts';
import type { QueueAlert } from './open-list.ts';

/** What the list of open alerts leaves out, until the alert itself is asked for. */
const blank = (
  summary: OpenAlertView,
): Omit<QueueAlert, keyof OpenAlertView> & Pick<QueueAlert, 'snapshot' | 'clip' | 'comments'> => ({
  ...{ siteId: '', clockQuality: 'arrival', objects: [], actions: [], comments: [] },
  ...{ resumptions: 0, updates: 0, snapshot: { state: 'pending' }, clip: { state: 'pending' } },
  ...{ startedAt: summary.raisedAt, capturedAt: summary.raisedAt, receivedAt: summary.raisedAt },
  steps: [{ state: 'raised', at: summary.raisedAt }],
});

/** Takes what a list says of an alert into what is known of it; `isPartial` until the alert itself was asked for. */
export const withSummary = (known: QueueAlert | undefined, summary: OpenAlertView): QueueAlert => {
  const { snapshot, clip: _, comments: __, holder, due, dueAt, isOverdue: ___, ...told } = summary;
  const next = { ...(due === undefined ? {} : { due }), ...(dueAt === undefined ? {} : { dueAt }) };
  const { nextDeadline: ____, due: _____, dueAt: ______, ...rest } = known ?? { ...blank(summary), ...told };
  if (known && known.lastSequence >= summary.lastSequence) return { ...rest, ...next } as QueueAlert;
  return {
    ...rest,
    ...told,
    ...next,
    ...(holder ? { holder: holder.by } : {}),
    hasSnapshot: snapshot === 'ready',
    isPartial: true,
  } as QueueAlert;
};
