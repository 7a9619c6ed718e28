import type { AlertView } from '../../../api/schema/alert-view.ts';
import type { reasonWord } from '../../words/alert-terms.ts';

export type FalseAlarm = Pick<
  AlertView,
  'alertId' | 'cameraName' | 'snapshot' | 'kind' | 'place' | 'capturedAt' | 'steps'
>;
export type Reason = keyof typeof reasonWord.words.zh;

/** Why somebody called it a false alarm; the last who said so. */
export const reasonOf = ({ steps }: Pick<FalseAlarm, 'steps'>): Reason | undefined =>
  steps.findLast(({ reason, state }) => state === 'falseAlarm' && reason !== undefined)?.reason;

/** How often each reason was given, the most frequent first. */
export const countReasons = (
  alarms: readonly Pick<FalseAlarm, 'steps'>[],
): { reason: Reason; count: number }[] => {
  const counts = new Map<Reason, number>();
  for (const alarm of alarms) {
    const reason = reasonOf(alarm);
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
};
