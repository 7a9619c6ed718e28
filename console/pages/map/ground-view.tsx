import { effect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../parts/button.tsx';
import { theme } from '../../theme/theme.ts';
import { MapView } from './draw/map-view.ts';
import type { LonLat } from './ground/shift.ts';
import { Legend } from './legend.tsx';
import { chosen, chosenSpot, isFarAway, shownKinds, shownSpots, view } from './map-state.ts';
import { villages } from './villages.ts';
import { word } from './words.ts';
import 'leaflet/dist/leaflet.css';

/** Where everything shown is. */
export const shownPoints = (): LonLat[] => shownSpots.peek().flatMap(({ at }) => (at ? [at] : []));

/** The map itself with what stands over it; `handle` is the map while it is there. */
export const GroundView = ({ handle }: { handle: RefObject<MapView | null> }) => {
  const host = useRef<HTMLDivElement>(null);
  const settings = view.value;
  const tiles = settings?.tiles;
  const key = JSON.stringify([tiles, settings?.centre, settings?.zoom]);
  useEffect(() => {
    if (!host.current || !settings) return;
    const map = new MapView(host.current, settings, {
      onChoose: ({ kind, id }) => {
        chosen.value = { kind, id };
      },
      onNear: (isNear) => {
        isFarAway.value = !isNear;
      },
    });
    handle.current = map;
    const stops = [
      effect(() => {
        const hasAlerts = shownKinds.value.has('alert');
        map.show({ spots: shownSpots.value, villages: villages.value, hasAlerts, chosen: chosenSpot.value });
      }),
      effect(() => {
        void theme.value;
        // The colours are there once the attribute is set, which is another effect of the same signal.
        requestAnimationFrame(() => map.repaint());
      }),
    ];
    begin(map, settings.centre !== undefined);
    return () => {
      for (const stop of stops) stop();
      handle.current = null;
      map.close();
    };
  }, [key]);
  return (
    <div class="map-ground">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the map library moves it by keys once it has the focus */}
      <div ref={host} class="map-host" role="application" aria-label={word('mapLabel')} tabIndex={0} />
      <div class="map-controls">
        <IconButton icon="plus" label={word('zoomIn')} onClick={() => handle.current?.zoomBy(1)} />
        <IconButton icon="minus" label={word('zoomOut')} onClick={() => handle.current?.zoomBy(-1)} />
        <IconButton icon="whole" label={word('fitAll')} onClick={() => handle.current?.fit(shownPoints())} />
      </div>
      <div class="map-corner">
        <Legend />
        {tiles && <p class="map-attribution">{tiles.attribution}</p>}
      </div>
    </div>
  );
};

/** Where the map begins: at what the address names, else where the site says, else with all in sight. */
const begin = (map: MapView, hasCentre: boolean): void => {
  const at = chosenSpot.peek()?.at;
  if (at) map.lookAt(at);
  else if (!hasCentre) map.fit(shownPoints());
};
