import { Icon } from '../../../parts/icon.tsx';
import { conditionSigns } from '../draw/draw-spots.ts';
import type { Condition, Spot } from './spots.ts';

const icons = { loudspeaker: 'speaker', responder: 'person', monitoringPoint: 'screen' } as const;

/** A sign as the map draws it; words stand beside it. */
export const SpotSign = ({ spot }: { spot: Pick<Spot, 'kind'> & { condition?: Condition | undefined } }) => {
  if (spot.kind !== 'camera')
    return (
      <span class="map-sign mark" aria-hidden="true">
        <Icon name={icons[spot.kind]} />
      </span>
    );
  const condition = spot.condition ?? 'unknown';
  return (
    <span class={`map-sign ${condition}`} aria-hidden="true">
      {conditionSigns[condition] || <Icon name="camera" />}
    </span>
  );
};
