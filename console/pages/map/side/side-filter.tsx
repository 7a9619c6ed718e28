import { may } from '../../../http/session-state.ts';
import { lostSince } from '../../../http/site.ts';
import { Button } from '../../../parts/button.tsx';
import type { TreePlace } from '../draw/draw-ground.ts';
import {
  isFarAway,
  type Kind,
  kinds,
  openAlerts,
  searchText,
  shownKinds,
  shownPlace,
  spots,
  tree,
} from '../map-state.ts';
import { alertsIn, filledPlaces, placeName } from '../villages.ts';
import { word } from '../words.ts';

const rightOf: Partial<Readonly<Record<Kind, Parameters<typeof may>[0]>>> = {
  alert: 'alerts.read',
  loudspeaker: 'alerts.handle',
  responder: 'alerts.dispatch',
};

const countOf = (kind: Kind): number =>
  spots.value.reduce((sum, spot) => sum + (kind === 'alert' ? spot.alerts : spot.kind === kind ? 1 : 0), 0);

const toggle = (kind: Kind): void => {
  const next = new Set(shownKinds.peek());
  if (!next.delete(kind)) next.add(kind);
  shownKinds.value = next;
};

/** Whether something is wanted that is drawn from near by only. */
const marksShown = (): boolean =>
  (['loudspeaker', 'responder', 'monitoringPoint'] as const).some(
    (kind) => shownKinds.value.has(kind) && countOf(kind) > 0,
  );

const optionWords = (place: TreePlace): string => {
  const values = { name: placeName(place), cameras: place.cameras.total };
  const alerts = alertsIn(place);
  return alerts ? word('villageOption', { ...values, alerts }) : word('villageOptionPlain', values);
};

/** Which of it all is shown: by name, by village, by kind. */
export const SideFilter = ({ onPlace }: { onPlace(): void }) => {
  const [whole] = tree.value;
  return (
    <header class="map-filter">
      <div class="row">
        <h1>{word('title')}</h1>
        {whole && lostSince.value === undefined && (
          <strong class="muted">{word('online', { live: sumOf('live'), total: sumOf('total') })}</strong>
        )}
      </div>
      <input
        type="search"
        aria-label={word('search')}
        placeholder={word('search')}
        value={searchText.value}
        onInput={(event) => {
          searchText.value = event.currentTarget.value;
        }}
      />
      <select
        aria-label={word('village')}
        value={shownPlace.value}
        onChange={(event) => {
          shownPlace.value = event.currentTarget.value;
          onPlace();
        }}
      >
        <option value="">
          {word('village')}: {word('everywhere')}
        </option>
        {filledPlaces.value.map((place) => (
          <option key={place.code} value={place.code}>
            {optionWords(place)}
          </option>
        ))}
      </select>
      <fieldset class="map-kinds">
        <legend class="only-heard">{word('show')}</legend>
        {kinds
          .filter((kind) => {
            const right = rightOf[kind];
            return right === undefined || may(right);
          })
          .map((kind) => (
            <Button key={kind} isPressed={shownKinds.value.has(kind)} onClick={() => toggle(kind)}>
              {word(kind)} {kind === 'alert' && openAlerts.value === undefined ? '–' : countOf(kind)}
            </Button>
          ))}
      </fieldset>
      {isFarAway.value && marksShown() && <p class="muted">{word('fromNearBy')}</p>}
    </header>
  );
};

const sumOf = (part: 'live' | 'total'): number => {
  const all = spots.value.filter(({ kind }) => kind === 'camera');
  if (part === 'total') return all.length;
  return all.filter(({ condition }) => condition !== 'dead' && condition !== 'off' && condition !== 'unknown')
    .length;
};
