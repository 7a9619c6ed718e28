import { useEffect, useRef } from 'preact/hooks';
import { Empty, Failure, Loading } from '../../parts/states.tsx';
import { failureWords } from '../../words/failure-words.ts';
import type { MapView } from './draw/map-view.ts';
import { followMap, loadMap } from './follow-map.ts';
import { GroundView, shownPoints } from './ground-view.tsx';
import { chosen, chosenSpot, failures, positions, spots, view } from './map-state.ts';
import { SideFilter } from './side/side-filter.tsx';
import { SideList } from './side/side-list.tsx';
import { SpotCard } from './spots/spot-card.tsx';
import type { Spot } from './spots/spots.ts';
import { word } from './words.ts';
import './map.css';

/** The camera that the address names is chosen. */
const openAddressed = (): void => {
  const id = new URLSearchParams(location.search).get('camera');
  if (id !== null) chosen.value = { kind: 'camera', id };
};

/** 平安地图: what there is and how it does, where it stands. */
export const MapPage = () => {
  const map = useRef<MapView | null>(null);
  useEffect(() => {
    openAddressed();
    return followMap();
  }, []);
  const { positions: ofPositions, ground, alerts } = failures.value;
  const failure = ofPositions ?? ground;
  const stale = failure ?? alerts;
  if (!positions.value || !view.value)
    return failure === undefined ? <Loading /> : <Failure failure={failure} onRetry={loadMap} />;
  if (spots.value.length === 0) return <Empty icon="map" title={word('nothing')} />;
  const choose = (spot: Spot): void => {
    chosen.value = { kind: spot.kind, id: spot.id };
    if (spot.at) map.current?.lookAt(spot.at);
  };
  const spot = chosenSpot.value;
  return (
    <div class="map">
      <section class="map-side">
        <SideFilter onPlace={() => map.current?.fit(shownPoints())} />
        {stale !== undefined && (
          <p class="field-problem map-stale" role="status">
            {word('stale', { reason: failureWords(stale) })}
          </p>
        )}
        <div class="map-rows">
          <SideList onChoose={choose} />
        </div>
      </section>
      <GroundView handle={map} />
      {spot && <SpotCard spot={spot} />}
    </div>
  );
};
