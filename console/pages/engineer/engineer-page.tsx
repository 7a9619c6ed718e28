import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const EngineerPage = () => (
  <Empty icon="tool" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
