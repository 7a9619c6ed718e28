import { computed, signal } from '@preact/signals';
import type { Camera } from '../../../core/schema/camera.ts';
import type { Scenario } from '../../../core/schema/scenario.ts';
import { askAll } from '../../http/ask-all.ts';
import { may } from '../../http/session-state.ts';
import { cameras, places } from '../../http/site.ts';
import { placeWords } from '../../words/place-words.ts';
import type { OptionsFor } from './form/schema-form.tsx';
import type { Section, Stored } from './settings.ts';

export const scenarios = signal<readonly Scenario[] | undefined>(undefined);
const configured = signal<readonly Camera[]>([]);
const loudspeakers = signal<readonly { id: string; name: string }[]>([]);
const calendars = signal<readonly { id: string; name: string }[]>([]);

const load = async <Value>(section: string): Promise<Value[]> =>
  (await askAll<Stored<Value>>(`/api/v1/settings/${section}`)).map(({ value }) => value);

/** Asks for all that forms offer and whoever sits here may see. Throws when the scenarios cannot be had. */
export const loadOptions = async (): Promise<void> => {
  const quiet = (): never[] => [];
  const none = Promise.resolve([]);
  const [asked, drawn, spoken, days] = await Promise.all([
    may('scenarios.write') ? load<Scenario>('scenarios') : none,
    may('cameras.write') ? load<Camera>('cameras').catch(quiet) : none,
    may('cameras.write') ? load<{ id: string; name: string }>('loudspeakers').catch(quiet) : none,
    may('scenarios.write') ? load<{ id: string; name: string }>('calendars').catch(quiet) : none,
  ]);
  scenarios.value = asked;
  configured.value = drawn;
  loudspeakers.value = spoken;
  calendars.value = days;
};

const toOptions = (items: readonly { id: string; name?: string | undefined }[]) =>
  items.map(({ id, name }) => ({ value: id, label: name === undefined ? id : `${name}（${id}）` }));

const distinct = (items: readonly { id: string; name?: string | undefined }[]) => [
  ...new Map(items.map((item) => [item.id, item])).values(),
];

const placeOptions = computed(() =>
  places.value.map(({ code }) => ({ value: code, label: placeWords(code) })),
);

/** What a camera's form offers. */
export const cameraOptions: OptionsFor = (key) => {
  if (key === 'place') return placeOptions.value.filter(({ value }) => value.length >= 9);
  return key === 'only' || key === 'except' ? toOptions(calendars.value) : undefined;
};

/** What the form of what is saved offers. */
export const optionsOf = (section: Section, value: unknown): OptionsFor =>
  section === 'cameras' ? cameraOptions : scenarioOptions((value ?? {}) as Pick<Scenario, 'cameras'>);

/** What a scenario's form offers: zones and lines are those of its cameras. */
export const scenarioOptions =
  ({ cameras: named }: Pick<Scenario, 'cameras'>): OptionsFor =>
  (key) => {
    const watched = configured.value.filter(({ id }) => named === undefined || named.includes(id));
    if (key === 'cameras') return toOptions(cameras.value);
    if (key === 'places') return placeOptions.value;
    if (key === 'zone') return toOptions(distinct(watched.flatMap(({ zones = [] }) => zones)));
    if (key === 'line' || key === 'along')
      return toOptions(distinct(watched.flatMap(({ lines = [] }) => lines)));
    if (key === 'scenarios') return toOptions(scenarios.value ?? []);
    if (key === 'loudspeakers') return toOptions(loudspeakers.value);
    return key === 'only' || key === 'except' ? toOptions(calendars.value) : undefined;
  };
