import { Empty } from '../../parts/states.tsx';
import { word } from '../../shell/words.ts';

export const QueuePage = () => <Empty title={word('notReady')}>{word('notReadyMore')}</Empty>;
