import type { Static } from 'typebox';
import type { BusUsageView } from '../../../api/schema/inside-views.ts';
import type { StreamUsage } from '../../../core/schema/bus-usage.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../parts/short-table.tsx';
import { groundWords } from '../../words/place-words.ts';
import { whenTold } from '../../words/site-time.ts';
import { saySize } from '../../words/size.ts';
import { saySpan } from '../../words/span.ts';
import { streamWord } from './stream-words.ts';
import { word } from './words.ts';

type BusUsage = Static<typeof BusUsageView>;
type Reader = StreamUsage['consumers'][number] & { stream: string };
type Subscriber = BusUsage['subscribers'][number];

/** How full the bus is, and how far behind who reads it is. */
export const BusTab = () => {
  const asked = useAnswer<BusUsage>('/api/v1/bus', { everyMs: 5000 });
  return (
    <Answered asked={asked}>
      {({ streams, subscribers }) => (
        <>
          <Panel title={word('streams')}>
            <div class="streams">
              {streams.map((stream) => (
                <Stream key={stream.name} stream={stream} />
              ))}
            </div>
          </Panel>
          <Panel title={word('readers')}>
            <Readers streams={streams} />
          </Panel>
          <Panel title={word('subscribers')}>
            <Subscribers {...{ streams, subscribers }} />
          </Panel>
        </>
      )}
    </Answered>
  );
};

const Stream = ({ stream }: { stream: StreamUsage }) => {
  const { name, bytes, maxBytes, messages, maxAgeMs, whenFull, lastAt } = stream;
  // What forgets its oldest is meant to be full.
  const limits = whenFull === 'forgets' ? { warnAt: 2, badAt: 2 } : {};
  return (
    <div class="stream">
      <Meter
        label={streamWord(name)}
        share={maxBytes > 0 ? bytes / maxBytes : 0}
        text={word('sizeOf', { size: saySize(bytes), quota: saySize(maxBytes) })}
        {...limits}
      />
      <p class="muted">
        {[
          word('messages', { count: messages }),
          word(whenFull),
          maxAgeMs > 0 ? word('keptFor', { span: saySpan(maxAgeMs) }) : word('keptAlways'),
          ...(lastAt === undefined ? [] : [word('lastAt', { time: whenTold(lastAt) })]),
        ].join(' · ')}
      </p>
    </div>
  );
};

const readerColumns = (): ShortColumn<Reader>[] => [
  { key: 'stream', title: word('stream'), render: ({ stream }) => streamWord(stream) },
  { key: 'name', title: word('reader'), render: ({ name }) => <span class="code">{name}</span> },
  { key: 'pending', title: word('pending'), isNumber: true, render: ({ pending }) => pending },
  {
    key: 'open',
    title: word('unacknowledged'),
    isNumber: true,
    render: ({ unacknowledged }) => unacknowledged,
  },
  { key: 'again', title: word('redelivered'), isNumber: true, render: ({ redelivered }) => redelivered },
  { key: 'at', title: word('sequence'), isNumber: true, render: ({ sequence }) => sequence },
];

const Readers = ({ streams }: { streams: readonly StreamUsage[] }) => {
  const readers = streams.flatMap(({ name: stream, consumers }) =>
    consumers.map((consumer) => ({ ...consumer, stream })),
  );
  if (readers.length === 0) return <p class="muted">{word('noReaders')}</p>;
  return (
    <ShortTable
      label={word('readers')}
      columns={readerColumns()}
      items={readers}
      keyOf={({ stream, name }) => `${stream} ${name}`}
    />
  );
};

const Subscribers = ({ streams, subscribers }: BusUsage) => {
  if (subscribers.length === 0) return <p class="muted">{word('noSubscribers')}</p>;
  const pendingOf = (name: string): number | undefined =>
    streams.flatMap(({ consumers }) => consumers).find((consumer) => consumer.name === name)?.pending;
  const columns: ShortColumn<Subscriber>[] = [
    { key: 'name', title: word('name'), render: ({ name }) => name },
    { key: 'id', title: word('account'), render: ({ consumer }) => <span class="code">{consumer}</span> },
    { key: 'ground', title: word('ground'), render: ({ ground }) => groundWords(ground, word('wholeSite')) },
    {
      key: 'lag',
      title: word('pending'),
      isNumber: true,
      render: ({ consumer }) => pendingOf(consumer) ?? '–',
    },
  ];
  return (
    <ShortTable label={word('subscribers')} {...{ columns }} items={subscribers} keyOf={({ id }) => id} />
  );
};
