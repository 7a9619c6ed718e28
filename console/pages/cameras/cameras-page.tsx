import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const CamerasPage = () => (
  <Empty icon="camera" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
