import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const SystemPage = () => (
  <Empty icon="gear" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
