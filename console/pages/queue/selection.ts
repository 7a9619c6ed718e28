import { computed, signal } from '@preact/signals';
import { kindWord } from '../../words/alert-terms.ts';
import { alertWords } from '../../words/alert-words.ts';
import { placeWords } from '../../words/place-words.ts';
import { zoneOf } from '../../words/zone-name.ts';
import type { QueueAlert, QueueRow } from './list/open-list.ts';
import { alerts, rows } from './queue-store.ts';

export const searchText = signal('');
export const selectedId = signal<string | undefined>(undefined);

export const selected = computed(() =>
  selectedId.value === undefined ? undefined : alerts.value.get(selectedId.value),
);

/** All that is said of an alert in the list, in the language of the moment. */
export const describe = (alert: QueueAlert): string =>
  [
    alertWords(alert, zoneOf(alert)),
    kindWord(alert.kind),
    placeWords(alert.place),
    alert.cameraName,
    alert.scenarioName,
    alert.cameraId,
  ].join(' ');

export const shownRows = computed<readonly QueueRow[]>(() => {
  const words = searchText.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows.value;
  return rows.value.filter(({ alert }) => {
    const text = describe(alert).toLowerCase();
    return words.every((one) => text.includes(one));
  });
});

/** Where the chosen alert was last seen in the list, so that "next" is next to it after it has left. */
let lastIndex = 0;

export const selectedIndex = computed(() => {
  const index = shownRows.value.findIndex(({ alert }) => alert.alertId === selectedId.value);
  if (index >= 0) lastIndex = index;
  return index;
});

/** Opens an alert, and puts it into the address so that it can be shared. */
export const select = (alertId: string): void => {
  selectedId.value = alertId;
  history.replaceState(history.state, '', `/?alert=${alertId}`);
};

/** One row down (1) or up (-1); one that has left the list has its place taken by the next. */
export const move = (by: 1 | -1): void => {
  const list = shownRows.peek();
  const index = selectedIndex.peek();
  const wanted =
    index >= 0 ? index + by : selectedId.peek() === undefined || by === 1 ? lastIndex : lastIndex - 1;
  const row = list[Math.max(0, Math.min(list.length - 1, wanted))];
  if (row) select(row.alert.alertId);
};
