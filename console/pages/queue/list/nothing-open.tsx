import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../http/ask.ts';
import { health, isSiteKnown } from '../../../http/site.ts';
import { Empty } from '../../../parts/states.tsx';
import { now } from '../../../words/site-time.ts';
import { saySpan } from '../../../words/span.ts';
import { word } from '../words.ts';
import type { QueueAlert } from './open-list.ts';

/** Nothing to do: since when, and whether anybody is watching at all. */
export const NothingOpen = () => {
  const [closedAt, setClosedAt] = useState<number>();
  useEffect(() => {
    ask<{ items: QueueAlert[] }>('/api/v1/alerts', { query: { limit: 50 } })
      .then(({ items }) => {
        const steps = items.flatMap((alert) => alert.steps.at(-1)?.at ?? []);
        if (steps.length > 0) setClosedAt(Math.max(...steps));
      })
      .catch(() => undefined); // it is an ornament: the queue itself says when it cannot be had
  }, []);
  const cameras = isSiteKnown.value ? health.value?.cameras : undefined;
  return (
    <Empty title={word('none')}>
      {closedAt !== undefined && <p>{word('noneLast', { span: saySpan(now.value - closedAt) })}</p>}
      {cameras && <p>{word('noneCameras', { live: cameras.live, total: cameras.total })}</p>}
    </Empty>
  );
};
