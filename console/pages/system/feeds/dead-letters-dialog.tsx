import { useState } from 'preact/hooks';
import type { DeadLetter, FeedStatus } from '../../../../core/schema/feed.ts';
import { ask } from '../../../http/ask.ts';
import { camerasById } from '../../../http/site.ts';
import { useAnswer } from '../../../http/use-answer.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { type ShortColumn, ShortTable } from '../../../parts/short-table.tsx';
import { tell, tellFailure } from '../../../parts/toast.tsx';
import { whenTold } from '../../../words/site-time.ts';
import { word } from '../words.ts';
import { sayFailure } from './say-failure.ts';

interface Props {
  feed: FeedStatus;
  mayRetry: boolean;
  onClose(): void;
}

/** What a receiver was not told, and why; it can be sent again. */
export const DeadLettersDialog = ({ feed, mayRetry, onClose }: Props) => {
  const path = `/api/v1/feeds/${feed.id}/dead-letters`;
  const asked = useAnswer<{ items: DeadLetter[] }>(path);
  const [isSending, setSending] = useState(false);
  const retry = async (): Promise<void> => {
    setSending(true);
    try {
      const { waiting } = await ask<{ waiting: number }>(`${path}/retry`, { method: 'POST' });
      tell(word('retried', { count: waiting }), 'good');
      onClose();
    } catch (failure) {
      tellFailure(failure);
      setSending(false);
    }
  };
  return (
    <Dialog title={word('deadLettersOf', { name: feed.name })} onClose={onClose} isWide>
      {feed.lost > 0 && <p class="field-problem">{word('lostLetters', { count: feed.lost })}</p>}
      <div class="row">
        <Button
          tone="main"
          disabled={!mayRetry || isSending}
          onClick={() => void retry()}
          title={mayRetry ? undefined : word('needsWrite')}
        >
          {word('retryAll')}
        </Button>
        <Button onClick={onClose}>{word('leave')}</Button>
      </div>
      <Answered asked={asked}>
        {({ items }) => (
          <ShortTable
            label={word('deadLetters')}
            columns={columns()}
            items={items}
            keyOf={({ eventId }) => eventId}
          />
        )}
      </Answered>
    </Dialog>
  );
};

const columns = (): ShortColumn<DeadLetter>[] => [
  { key: 'at', title: word('givenUpAt'), render: ({ at }) => whenTold(at) },
  { key: 'alert', title: word('alert'), render: ({ alertId }) => <span class="code">{alertId}</span> },
  {
    key: 'camera',
    title: word('camera'),
    render: ({ cameraId }) => camerasById.value.get(cameraId)?.name ?? cameraId,
  },
  { key: 'tries', title: word('tries'), isNumber: true, render: ({ attempts }) => attempts },
  { key: 'why', title: word('why'), render: ({ code, reason }) => sayFailure(code, reason) },
];
