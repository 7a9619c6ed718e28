import { signal } from '@preact/signals';
import type { ExportView } from '../../../api/schema/export-view.ts';
import { ask } from '../../http/ask.ts';
import { toAskFailure } from '../../http/ask-failure.ts';
import { tell } from '../../parts/toast.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { whenTold } from '../../words/site-time.ts';
import { exportStateWord, word } from '../words.ts';

/** How often something was done here: what else counts exports counts again. */
export const changes = signal(0);

const addressOf = (exportId: string): string => `/api/v1/exports/${exportId}`;

export const approve = (exportId: string): Promise<boolean> =>
  change(exportId, () => ask(`${addressOf(exportId)}/approval`, { method: 'POST', body: { approve: true } }));

export const refuse = (exportId: string, why: string): Promise<boolean> =>
  change(exportId, () =>
    ask(`${addressOf(exportId)}/approval`, { method: 'POST', body: { approve: false, why } }),
  );

export const withdraw = (exportId: string): Promise<boolean> =>
  change(exportId, () => ask(addressOf(exportId), { method: 'DELETE' }));

/** Has an archive made again that could not be made. */
export const makeAgain = (exportId: string): Promise<boolean> =>
  change(exportId, () => ask(`${addressOf(exportId)}/archive`, { method: 'POST' }));

/** Says what became of it; whether it was done. */
const change = async (exportId: string, act: () => Promise<ExportView>): Promise<boolean> => {
  try {
    const { state, archive } = await act();
    changes.value++;
    const isAgain = state === 'approved' && archive?.state === 'waiting';
    tell(isAgain ? word('approvedDone') : word('done', { state: exportStateWord(state) }), 'good');
    return true;
  } catch (thrown) {
    const isMoved = toAskFailure(thrown).code === 'export-moved';
    tell(isMoved ? await movedWords(exportId, thrown) : failureWords(thrown), 'bad');
    return false;
  }
};

/** Somebody else was first: who, when, and what they made of it. */
const movedWords = async (exportId: string, thrown: unknown): Promise<string> => {
  try {
    const { state, steps } = await ask<ExportView>(addressOf(exportId));
    const last = steps.at(-1);
    if (state === 'expired' || !last) return word('movedByTime', { state: exportStateWord(state) });
    return word('movedBy', { by: last.by, at: whenTold(last.at), state: exportStateWord(state) });
  } catch {
    return failureWords(thrown);
  }
};
