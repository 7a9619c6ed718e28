import { useState } from 'preact/hooks';
import type { ReconciledSource, Reconciliation } from '../../../core/schema/reconciliation.ts';
import { ask } from '../../http/ask.ts';
import { camerasById } from '../../http/site.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../parts/short-table.tsx';
import { tellFailure } from '../../parts/toast.tsx';
import { sayList } from '../../words/say-list.ts';
import { now, whenTold } from '../../words/site-time.ts';
import { word } from './words.ts';

const hour = 3_600_000;
/** What was raised in the last two minutes may still be on its way. */
const settleMs = 120_000;
const spans = { hour1: hour, hour6: 6 * hour, hour24: 24 * hour } as const;
type Span = keyof typeof spans;
const spanNames = Object.keys(spans) as Span[];

/** Whether every alert is everywhere: what was compared a few minutes ago, and what is compared now. */
export const ReconciliationTab = () => {
  const latest = useAnswer<Reconciliation>('/api/v1/reconciliation', { everyMs: 60_000, deadlineMs: 60_000 });
  const [own, setOwn] = useState<Reconciliation>();
  const [span, setSpan] = useState<Span>('hour1');
  const [isRunning, setRunning] = useState(false);
  const run = async (): Promise<void> => {
    setRunning(true);
    const to = now.peek() - settleMs;
    try {
      const query = { from: Math.round(to - spans[span]), to: Math.round(to) };
      setOwn(await ask<Reconciliation>('/api/v1/reconciliation', { query, deadlineMs: 60_000 }));
    } catch (failure) {
      tellFailure(failure);
    }
    setRunning(false);
  };
  return (
    <>
      <Panel title={word('compare')}>
        <p class="muted">{word('compareMore')}</p>
        <div class="row compare">
          <Choice
            label={word('span')}
            value={span}
            options={spanNames.map((value) => ({ value, label: word(value) }))}
            onChoose={(value) => setSpan(value)}
          />
          <Button tone="main" disabled={isRunning} onClick={() => void run()}>
            {word(isRunning ? 'comparing' : 'compareNow')}
          </Button>
        </div>
      </Panel>
      {own ? <Found found={own} /> : <Answered asked={latest}>{(found) => <Found found={found} />}</Answered>}
    </>
  );
};

const Found = ({ found }: { found: Reconciliation }) => {
  const { from, to, at, isEqual, differing, waiting, sources, differences, problems } = found;
  return (
    <Panel
      title={word('foundBetween', { from: whenTold(from), to: whenTold(to) })}
      aside={
        <Badge tone={isEqual ? 'good' : 'bad'}>
          {isEqual ? word('equal') : word('differing', { count: differing })}
        </Badge>
      }
    >
      <p class="muted">{word('comparedAt', { time: whenTold(at), count: waiting })}</p>
      {problems.map((problem) => (
        <p key={problem} class="field-problem">
          {problem}
        </p>
      ))}
      <ShortTable
        label={word('sources')}
        columns={sourceColumns()}
        items={sources}
        keyOf={({ source }) => source}
      />
      {differences.length > 0 && <Differences {...{ differences }} />}
      <ByCamera found={found} />
    </Panel>
  );
};

/** `outbox`, `stream`, `history`, `subscriber <who>`, in words. */
const sourceWord = (source: string): string => {
  if (source === 'outbox' || source === 'stream' || source === 'history') return word(`source-${source}`);
  return word('source-subscriber', { who: source.replace(/^subscriber /, '') });
};

const sourceColumns = (): ShortColumn<ReconciledSource>[] => [
  { key: 'source', title: word('source'), render: ({ source }) => sourceWord(source) },
  { key: 'expected', title: word('expected'), isNumber: true, render: ({ expected }) => expected },
  { key: 'count', title: word('present'), isNumber: true, render: ({ count }) => count },
  {
    key: 'lacking',
    title: word('lacking'),
    isNumber: true,
    render: ({ expected, count }) =>
      expected === count ? <Badge tone="good">0</Badge> : <Badge tone="bad">{expected - count}</Badge>,
  },
  { key: 'digest', title: word('digest'), render: ({ digest }) => <span class="code">{digest}</span> },
];

const Differences = ({ differences }: Pick<Reconciliation, 'differences'>) => (
  <ShortTable
    label={word('differences')}
    items={differences}
    keyOf={({ alertId }) => alertId}
    columns={[
      { key: 'alert', title: word('alert'), render: ({ alertId }) => <span class="code">{alertId}</span> },
      { key: 'camera', title: word('camera'), render: ({ cameraId }) => cameraName(cameraId) },
      {
        key: 'missing',
        title: word('missingFrom'),
        render: ({ missingFrom }) => sayList(missingFrom.map(sourceWord)),
      },
    ]}
  />
);

const cameraName = (id: string): string => camerasById.value.get(id)?.name ?? id;

const ByCamera = ({ found: { cameras, sources } }: { found: Reconciliation }) => {
  if (cameras.length === 0) return <p class="muted">{word('nothingRaised')}</p>;
  return (
    <>
      <h3>{word('byCamera')}</h3>
      <ShortTable
        label={word('byCamera')}
        items={cameras}
        keyOf={({ cameraId, hourAt }) => `${cameraId} ${hourAt}`}
        columns={[
          { key: 'camera', title: word('camera'), render: ({ cameraId }) => cameraName(cameraId) },
          { key: 'hour', title: word('hour'), render: ({ hourAt }) => whenTold(hourAt) },
          ...sources.map(({ source }, index) => ({
            ...{ key: source, title: sourceWord(source), isNumber: true },
            render: ({ counts }: Reconciliation['cameras'][number]) => counts[index] ?? '–',
          })),
        ]}
      />
    </>
  );
};
