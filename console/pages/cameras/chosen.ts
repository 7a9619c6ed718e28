import { signal } from '@preact/signals';
import type { ScenarioKind } from '../../../core/schema/scenario.ts';
import type { Section } from './settings.ts';

/** What stands on the right: one that is there, or one that is being added. */
export interface Chosen {
  section: Section;
  id?: string;
  kind?: ScenarioKind;
}

export const section = signal<Section>('cameras');
export const chosen = signal<Chosen | undefined>(undefined);
/** Counts what was saved here, so that lists are asked for again. */
export const savedCount = signal(0);

/** The same in the address, so that it can be passed on. */
export const choose = (next: Chosen | undefined): void => {
  chosen.value = next;
  const query =
    next?.id === undefined ? '' : `?${new URLSearchParams({ section: next.section, id: next.id })}`;
  history.replaceState(null, '', `${location.pathname}${query}`);
};

/** What the address names. */
export const chooseAddressed = (): void => {
  const query = new URLSearchParams(location.search);
  const id = query.get('id');
  if (id === null) return;
  section.value = query.get('section') === 'scenarios' ? 'scenarios' : 'cameras';
  chosen.value = { section: section.value, id };
};
