import { type ReadonlySignal, signal } from '@preact/signals';

/** So many alerts go into one export, as the API takes it. */
export const maxExportAlerts = 200;

/** Alerts that somebody picks out of a list. */
export interface Chosen {
  ids: ReadonlySignal<ReadonlySet<string>>;
  toggle(alertId: string): void;
  /** The first of these, as many as an export takes. */
  chooseAll(alertIds: readonly string[]): void;
  clear(): void;
}

export const createChosen = (): Chosen => {
  const ids = signal<ReadonlySet<string>>(new Set());
  return {
    ids,
    toggle: (alertId) => {
      const next = new Set(ids.peek());
      if (!next.delete(alertId)) next.add(alertId);
      ids.value = next;
    },
    chooseAll: (alertIds) => {
      ids.value = new Set(alertIds.slice(0, maxExportAlerts));
    },
    clear: () => {
      ids.value = new Set();
    },
  };
};

/** What an export of a list would take: what is chosen of it, else all. */
export const chosenOf = (chosen: Chosen, alertIds: readonly string[]): readonly string[] => {
  const found = alertIds.filter((id) => chosen.ids.value.has(id));
  return found.length > 0 ? found : alertIds;
};
