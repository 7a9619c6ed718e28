import type { ExportView } from '../../../api/schema/export-view.ts';

/** What there is of an export's archive. */
export type Archive =
  | { state: 'waiting' }
  | { state: 'making'; made: number; of: number }
  | { state: 'ready'; bytes: number; sha256: string; files: number }
  | { state: 'failed'; code: string; message: string }
  | { state: 'removed' };

/** An export as the register tells it; with an archive once it was approved. */
export type ListedExport = ExportView & { archive?: Archive };

/** What somebody may do about an export. */
export interface ExportLeave {
  answer: boolean;
  withdraw: boolean;
  fetch: boolean;
}

/** Nobody answers what they asked for themselves, and nobody else withdraws or fetches it. */
export const leaveFor = (
  { by, state }: Pick<ListedExport, 'by' | 'state'>,
  who: { id: string; mayApprove: boolean },
): ExportLeave => {
  const isOwn = by === who.id;
  return {
    answer: !isOwn && who.mayApprove && state === 'asked',
    withdraw: isOwn && (state === 'asked' || state === 'approved'),
    fetch: isOwn && state === 'approved',
  };
};
