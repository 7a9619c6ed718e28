import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { cameras } from '../../http/site.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { VirtualList } from '../../parts/virtual-list.tsx';
import { placeWords } from '../../words/place-words.ts';
import { CameraDetail } from './camera-detail.tsx';
import { stateTone, stateWords } from './camera-state.ts';
import { word } from './words.ts';
import './cameras.css';

const rowHeight = 76;

const trouble = ({ state }: CameraView): number => (state === 'live' ? 1 : 0);

/** 配置: every camera, those in trouble first; one of them opened. */
export const CamerasPage = () => {
  const text = useSignal('');
  const chosenId = useSignal(new URLSearchParams(location.search).get('camera') ?? undefined);
  useEffect(() => {
    if (chosenId.value !== undefined)
      history.replaceState(history.state, '', `/cameras?camera=${encodeURIComponent(chosenId.value)}`);
  }, [chosenId.value]);
  const wanted = text.value.trim().toLowerCase();
  const items = cameras.value
    .filter(({ id, name, place }) => `${id} ${name} ${placeWords(place)}`.toLowerCase().includes(wanted))
    .sort((a, b) => trouble(a) - trouble(b) || a.place.localeCompare(b.place) || a.id.localeCompare(b.id));
  const chosen = cameras.value.find(({ id }) => id === chosenId.value);
  return (
    <div class="cameras">
      <section class="cameras-list" aria-label={word('cameras')}>
        <div class="cameras-head stack">
          <strong>
            {word('count', {
              live: cameras.value.filter(({ state }) => state === 'live').length,
              total: cameras.value.length,
            })}
          </strong>
          <input
            type="search"
            aria-label={word('find')}
            placeholder={word('find')}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        </div>
        <VirtualList
          {...{ items, rowHeight }}
          keyOf={({ id }) => id}
          label={word('cameras')}
          renderRow={(camera) => (
            <button
              type="button"
              class="camera-row"
              aria-pressed={camera.id === chosenId.value}
              onClick={() => {
                chosenId.value = camera.id;
              }}
            >
              <span class="row">
                <strong class="grow">{camera.name}</strong>
                <Badge tone={stateTone(camera)}>{stateWords(camera)}</Badge>
              </span>
              <span class="muted">{placeWords(camera.place)}</span>
            </button>
          )}
        />
      </section>
      <section class="cameras-detail">
        {chosen ? (
          <CameraDetail key={chosen.id} camera={chosen} />
        ) : cameras.value.length === 0 ? (
          <Loading />
        ) : (
          <Empty icon="camera" title={word('choose')}>
            {word('chooseMore')}
          </Empty>
        )}
      </section>
    </div>
  );
};
