import { useEffect, useState } from 'preact/hooks';
import { placesByCode } from '../../../http/site.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Empty } from '../../../parts/states.tsx';
import { VirtualList } from '../../../parts/virtual-list.tsx';
import { severityWord } from '../../../words/alert-terms.ts';
import { chosen, shownSpots } from '../map-state.ts';
import { SpotSign } from '../spots/spot-sign.tsx';
import type { Spot } from '../spots/spots.ts';
import { placeName } from '../villages.ts';
import { word } from '../words.ts';

const rowRems = 3.6;
const rootFontPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** Everything that the map shows, for keys and for who cannot see it. */
export const SideList = ({ onChoose }: { onChoose(spot: Spot): void }) => {
  const [fontPx, setFontPx] = useState(rootFontPx);
  useEffect(() => {
    const onResize = (): void => setFontPx(rootFontPx());
    addEventListener('resize', onResize);
    return () => removeEventListener('resize', onResize);
  }, []);
  const items = shownSpots.value;
  if (items.length === 0) return <Empty icon="search" title={word('noMatch')} />;
  const { value: now } = chosen;
  return (
    <VirtualList
      items={items}
      rowHeight={Math.round(rowRems * fontPx)}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      label={word('list', { count: items.length })}
      shownIndex={now ? items.findIndex(({ kind, id }) => kind === now.kind && id === now.id) : undefined}
      renderRow={(spot) => (
        <button
          type="button"
          class="map-row"
          aria-current={now?.kind === spot.kind && now.id === spot.id ? 'true' : undefined}
          onClick={() => onChoose(spot)}
        >
          <SpotSign spot={spot} />
          <span class="map-row-text">
            <span class="map-row-name">{spot.name}</span>
            <span class="muted map-row-more">{moreOf(spot)}</span>
          </span>
          {spot.severity && (
            <Badge tone={spot.severity}>
              {severityWord(spot.severity)} {spot.alerts}
            </Badge>
          )}
        </button>
      )}
    />
  );
};

const moreOf = (spot: Spot): string => {
  const place = placesByCode.value.get(spot.place);
  const told = [
    place ? placeName(place) : spot.place,
    spot.condition ? word(spot.condition) : word(spot.kind),
    ...(spot.at ? [] : [word('noPosition')]),
  ];
  return told.join(' · ');
};
