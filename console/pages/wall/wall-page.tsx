import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const WallPage = () => (
  <Empty icon="wall" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
