import { useState } from 'preact/hooks';
import type { FeedStatus } from '../../../../core/schema/feed.ts';
import { may } from '../../../http/session-state.ts';
import { useAnswer } from '../../../http/use-answer.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../../parts/short-table.tsx';
import { Empty } from '../../../parts/states.tsx';
import { groundWords } from '../../../words/place-words.ts';
import { whenTold } from '../../../words/site-time.ts';
import { word } from '../words.ts';
import { DeadLettersDialog } from './dead-letters-dialog.tsx';
import { sayLastFailure } from './say-failure.ts';

/** What other systems are told, and what they were not. */
export const FeedsTab = () => {
  const asked = useAnswer<{ items: FeedStatus[] }>('/api/v1/feeds', { everyMs: 10_000 });
  const [shown, setShown] = useState<FeedStatus>();
  return (
    <>
      <Panel title={word('feeds')}>
        <p class="muted">{word('feedsMore')}</p>
        <Answered asked={asked}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="bell" title={word('noFeeds')}>
                {word('noFeedsMore')}
              </Empty>
            ) : (
              <ShortTable
                label={word('feeds')}
                columns={columns(setShown)}
                items={items}
                keyOf={({ id }) => id}
              />
            )
          }
        </Answered>
      </Panel>
      {shown && (
        <DeadLettersDialog
          feed={shown}
          mayRetry={may('system.write')}
          onClose={() => {
            setShown(undefined);
            asked.again();
          }}
        />
      )}
    </>
  );
};

const columns = (show: (feed: FeedStatus) => void): ShortColumn<FeedStatus>[] => [
  { key: 'name', title: word('name'), render: ({ name }) => name },
  { key: 'kind', title: word('feedKind'), render: ({ kind }) => word(`feed-${kind}`) },
  { key: 'ground', title: word('ground'), render: ({ ground }) => groundWords(ground, word('wholeSite')) },
  { key: 'lag', title: word('lag'), isNumber: true, render: ({ lag }) => lag },
  { key: 'delivered', title: word('delivered'), isNumber: true, render: ({ delivered }) => delivered },
  {
    key: 'success',
    title: word('lastSuccess'),
    render: ({ lastSuccessAt: at }) => (at === undefined ? '–' : whenTold(at)),
  },
  { key: 'failure', title: word('lastFailure'), render: lastFailure },
  {
    key: 'dead',
    title: word('deadLetters'),
    render: (feed) =>
      feed.deadLetters === 0 ? (
        <Badge tone="good">{word('noneDead')}</Badge>
      ) : (
        <Button onClick={() => show(feed)}>{word('showDead', { count: feed.deadLetters })}</Button>
      ),
  },
];

const lastFailure = ({ lastFailureAt: at, lastFailure: why = '' }: FeedStatus) =>
  at === undefined ? '–' : `${whenTold(at)} ${sayLastFailure(why)}`;
