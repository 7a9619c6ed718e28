import type { HealthView } from '../../../api/schema/health-view.ts';
import { askedHealth, isSiteKnown } from '../../http/site.ts';
import { type Asked, useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../parts/short-table.tsx';
import { saySize } from '../../words/size.ts';
import { saySpan } from '../../words/span.ts';
import { askMetrics, type Sample } from './metrics.ts';
import { problemsOf } from './problems.ts';
import { word } from './words.ts';
import { WorkerLoad } from './worker-load.tsx';

type Role = HealthView['roles'][number];

/** What is wrong and what to do about it; every role of the program; what each worker has to do. */
export const HealthTab = () => {
  const metrics = useAnswer('/metrics', { everyMs: 10_000 }, askMetrics);
  return (
    <Answered asked={askedHealth.value}>{(known) => <Known known={known} metrics={metrics} />}</Answered>
  );
};

interface KnownProps {
  known: HealthView;
  metrics: Asked<readonly Sample[]>;
}

const Known = ({ known, metrics }: KnownProps) => {
  const workers = known.roles.filter(({ role }) => role === 'worker').map(({ id }) => id);
  return (
    <>
      <Panel title={word('problems')} aside={<State state={known.state} />}>
        <Problems known={known} />
      </Panel>
      <Panel title={word('nodes')}>
        <ShortTable
          label={word('nodes')}
          columns={roleColumns(known.at)}
          items={known.roles}
          keyOf={({ id }) => id}
        />
      </Panel>
      <Answered asked={metrics}>
        {(samples) => (
          <div class="panels">
            {workers.map((id) => (
              <WorkerLoad key={id} {...{ id, samples }} />
            ))}
          </div>
        )}
      </Answered>
    </>
  );
};

const stateTones = { ok: 'good', degraded: 'warn', down: 'bad' } as const;

const State = ({ state }: Pick<HealthView, 'state'>) =>
  isSiteKnown.value ? (
    <Badge tone={stateTones[state]}>{word(`state-${state}`)}</Badge>
  ) : (
    <Badge>{word('state-unknown')}</Badge>
  );

const Problems = ({ known }: { known: HealthView }) => {
  const problems = problemsOf(known);
  if (problems.length === 0 && !isSiteKnown.value) return null;
  if (problems.length === 0) return <p class="muted">{word('noProblem')}</p>;
  return (
    <ul class="problems">
      {problems.map(({ key, tone, title, remedy }) => (
        <li key={key} class={`problem ${tone}`}>
          <strong>{title}</strong>
          <span>{remedy}</span>
        </li>
      ))}
    </ul>
  );
};

const roleColumns = (at: number): ShortColumn<Role>[] => [
  { key: 'role', title: word('role'), render: ({ role }) => word(`role-${role}`) },
  { key: 'id', title: word('roleId'), render: ({ id }) => <span class="code">{id}</span> },
  {
    key: 'state',
    title: word('roleState'),
    render: ({ isStale, at: saidAt }) =>
      !isSiteKnown.value ? (
        <Badge>{word('state-unknown')}</Badge>
      ) : isStale ? (
        <Badge tone="bad">{word('silentFor', { span: saySpan(at - saidAt) })}</Badge>
      ) : (
        <Badge tone="good">{word('running')}</Badge>
      ),
  },
  {
    key: 'since',
    title: word('runningFor'),
    isNumber: true,
    render: ({ startedAt }) => saySpan(at - startedAt),
  },
  { key: 'memory', title: word('memory'), isNumber: true, render: ({ rssBytes }) => saySize(rssBytes) },
  {
    key: 'delay',
    title: word('loopDelay'),
    isNumber: true,
    render: ({ eventLoopDelayP99Ms }) => `${eventLoopDelayP99Ms.toFixed(1)} ms`,
  },
  {
    key: 'outbox',
    title: word('outbox'),
    isNumber: true,
    render: ({ outboxPending }) => outboxPending ?? '–',
  },
  { key: 'model', title: word('model'), render: ({ modelId }) => <span class="code">{modelId ?? '–'}</span> },
];
