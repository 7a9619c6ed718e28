import { useMemo } from 'preact/hooks';
import type { StatisticsSeries } from '../../../../api/schema/report-view.ts';
import { Empty } from '../../../parts/states.tsx';
import { saySpan } from '../../../words/span.ts';
import { type AskedSpan, asked, stepOf } from '../asked/asked.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import type { Column } from '../figures/column.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { instantField } from '../instant-words.ts';
import { Plot } from '../plot/plot.tsx';
import { toSteps } from '../plot/plot-data.ts';
import { stepWords } from '../plot/step-words.ts';
import { word } from '../words.ts';

type Point = StatisticsSeries['items'][number];

const minutes = (ms: number | undefined): number | null => (ms === undefined ? null : ms / 60_000);

/** How long answering and dealing with alerts took, as it went. */
export const ResponsesOverTime = () => {
  const step = asked.value && stepOf(asked.value);
  const asking = useReckoned<StatisticsSeries>(
    '/api/v1/statistics/series',
    asked.value && { ...asked.value, of: 'responses', by: step },
  );
  const items = asking.answer?.items ?? [];
  const columns = columnsOf(asking.answer?.by ?? 'day');
  return (
    <Figure
      title={word('responseOverTime')}
      note={word('responseOverTimeNote')}
      saved={{ name: 'response-times', columns, rows: items }}
    >
      <Answered asking={asking}>
        {(answer) =>
          answer.items.length === 0 ? (
            <Empty icon="chart" title={word('noAlerts')} />
          ) : (
            <div class="side-by-side">
              <Times answer={answer} />
              <DataTable
                label={word('responseOverTime')}
                {...{ columns, rows: items }}
                keyOf={(point) => String(point.at)}
              />
            </div>
          )
        }
      </Answered>
    </Figure>
  );
};

const Times = ({ answer }: { answer: StatisticsSeries }) => {
  const plot = useMemo(() => toPlot(answer, answer), [answer]);
  return (
    <Plot
      {...plot}
      label={word('responseOverTime')}
      axis={word('minutesAxis')}
      step={answer.by}
      say={(value) => saySpan(value * 60_000)}
    />
  );
};

const toPlot = ({ items, by }: StatisticsSeries, span: AskedSpan) => {
  const points = new Map(items.map((point) => [point.at, point]));
  const at = toSteps([...points.keys()], span, by);
  return {
    at,
    series: [
      {
        ...{ label: word('answerMedian'), kind: 'line' as const, tone: 'accent' as const },
        values: at.map((one) => minutes(points.get(one)?.answerMedianMs)),
      },
      {
        ...{ label: word('resolveMedian'), kind: 'line' as const, tone: 'warn' as const },
        values: at.map((one) => minutes(points.get(one)?.resolveMedianMs)),
      },
    ],
  };
};

const columnsOf = (by: StatisticsSeries['by']): Column<Point>[] => [
  { title: word('time'), value: ({ at }) => instantField(at), show: ({ at }) => stepWords(at, by) },
  { title: word('raised'), value: ({ raised }) => raised, isNumber: true },
  {
    title: word('answerMedian'),
    value: ({ answerMedianMs }) => answerMedianMs && answerMedianMs / 1000,
    show: ({ answerMedianMs, answered = 0 }) => timesOf(answerMedianMs, answered),
    isNumber: true,
  },
  {
    title: word('resolveMedian'),
    value: ({ resolveMedianMs }) => resolveMedianMs && resolveMedianMs / 1000,
    show: ({ resolveMedianMs, resolved = 0 }) => timesOf(resolveMedianMs, resolved),
    isNumber: true,
  },
];

const timesOf = (ms: number | undefined, count: number): string =>
  ms === undefined ? word('none') : word('timesOf', { span: saySpan(ms), count });
