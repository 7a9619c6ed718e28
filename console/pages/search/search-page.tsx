import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const SearchPage = () => (
  <Empty icon="search" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
