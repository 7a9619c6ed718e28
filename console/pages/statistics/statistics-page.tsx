import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const StatisticsPage = () => (
  <Empty icon="chart" title={word('notReady')}>
    {word('notReadyMore')}
  </Empty>
);
