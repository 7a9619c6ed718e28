import { signal } from '@preact/signals';

export type DialogName =
  | 'dispatch'
  | 'talkDown'
  | 'resolve'
  | 'falseAlarm'
  | 'duplicate'
  | 'help'
  | 'handover';

/** The one that is open over the page. */
export const openDialog = signal<DialogName | undefined>(undefined);

export const closeDialog = (): void => {
  openDialog.value = undefined;
};
