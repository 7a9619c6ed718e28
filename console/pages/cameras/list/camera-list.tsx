import { useState } from 'preact/hooks';
import type { CameraView } from '../../../../api/schema/camera-view.ts';
import { askedCameras, cameras, lostSince } from '../../../http/site.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Field } from '../../../parts/field.tsx';
import { Empty } from '../../../parts/states.tsx';
import { Table } from '../../../parts/table.tsx';
import { placeWords } from '../../../words/place-words.ts';
import { choose, chosen } from '../chosen.ts';
import { word } from '../words.ts';
import { type CameraChoice, filterCameras } from './camera-filter.ts';

const states = ['live', 'lost', 'connecting', 'waiting', 'off', 'unknown'] as const;
const sorts = [
  ['name', 'byName'],
  ['place', 'byPlace'],
  ['state', 'byState'],
] as const;

/** How they are is not known while the site cannot be reached. */
const camerasNow = (): readonly CameraView[] =>
  lostSince.value === undefined
    ? cameras.value
    : cameras.value.map(({ status: _, ...camera }) => ({ ...camera, state: 'unknown' }));

/** All cameras with how they are. */
export const CameraList = () => {
  const [choice, setChoice] = useState<CameraChoice>({ text: '', place: '', state: '', sort: 'name' });
  const put = (next: object): void => setChoice({ ...choice, ...next });
  const items = filterCameras(camerasNow(), choice);
  const villages = [...new Set(cameras.value.map(({ place }) => place))].sort();
  return (
    <>
      <div class="list-filters">
        <input
          type="search"
          class="wide"
          aria-label={word('search')}
          placeholder={word('search')}
          value={choice.text}
          onInput={(event) => put({ text: event.currentTarget.value })}
        />
        <Field label={word('place')}>
          <select value={choice.place} onChange={(event) => put({ place: event.currentTarget.value })}>
            <option value="">{word('allPlaces')}</option>
            {villages.map((code) => (
              <option key={code} value={code}>
                {placeWords(code)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={word('state')}>
          <select value={choice.state} onChange={(event) => put({ state: event.currentTarget.value })}>
            <option value="">{word('allStates')}</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {word(state)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={word('sort')}>
          <select value={choice.sort} onChange={(event) => put({ sort: event.currentTarget.value })}>
            {sorts.map(([sort, name]) => (
              <option key={sort} value={sort}>
                {word(name)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Answered asked={askedCameras.value}>
        {() =>
          items.length === 0 ? (
            <Empty icon="camera" title={word('none')}>
              {word('noneMore')}
            </Empty>
          ) : (
            <Rows items={items} />
          )
        }
      </Answered>
    </>
  );
};

const Rows = ({ items }: { items: readonly CameraView[] }) => (
  <Table
    label={word('cameras')}
    items={items}
    rowHeight={60}
    keyOf={({ id }) => id}
    isChosen={({ id }) => chosen.value?.section === 'cameras' && chosen.value.id === id}
    onOpen={({ id }) => choose({ section: 'cameras', id })}
    columns={[
      {
        key: 'name',
        title: word('cameras'),
        width: 'minmax(0, 1fr)',
        render: ({ name, place }) => (
          <div class="two-lines">
            <strong>{name}</strong>
            <span class="muted">{placeWords(place)}</span>
          </div>
        ),
      },
      {
        key: 'state',
        title: word('state'),
        width: '6.5rem',
        render: ({ state }) => <span class={`camera-state is-${state}`}>{word(state)}</span>,
      },
      {
        key: 'fps',
        title: word('fps'),
        width: '5.5rem',
        render: ({ status }) => (status ? status.streamFps.toFixed(0) : '–'),
      },
    ]}
  />
);
