import type { ExportView } from '../../../api/schema/export-view.ts';

/** What somebody may do about an export. */
export interface ExportLeave {
  answer: boolean;
  withdraw: boolean;
  fetch: boolean;
}

/** Nobody answers what they asked for themselves, and nobody else withdraws or fetches it. */
export const leaveFor = (
  { by, state }: Pick<ExportView, 'by' | 'state'>,
  who: { id: string; mayApprove: boolean },
): ExportLeave => {
  const isOwn = by === who.id;
  return {
    answer: !isOwn && who.mayApprove && state === 'asked',
    withdraw: isOwn && (state === 'asked' || state === 'approved'),
    fetch: isOwn && state === 'approved',
  };
};
