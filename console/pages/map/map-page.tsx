import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const MapPage = () => (
  <Empty icon="map" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
