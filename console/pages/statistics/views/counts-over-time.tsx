import { useMemo } from 'preact/hooks';
import type { Asked } from '../../../http/use-answer.ts';
import { Empty } from '../../../parts/states.tsx';
import type { AskedSpan } from '../asked/asked.ts';
import { Answered } from '../figures/answered.tsx';
import type { Column } from '../figures/column.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { instantField } from '../instant-words.ts';
import { Plot } from '../plot/plot.tsx';
import { type Series, toSteps } from '../plot/plot-data.ts';
import { stepWords } from '../plot/step-words.ts';
import { word } from '../words.ts';

interface Point {
  at: number;
  /** One for each name. */
  counts: number[];
}

export interface CountsOverTimeProps {
  title: string;
  note: string | undefined;
  axis: string;
  fileName: string;
  asking: Asked<AskedSpan>;
  points: readonly Point[];
  step: 'hour' | 'day' | 'month';
  names: readonly string[];
  say(value: number): string;
  empty: string;
}

/** Counts as bars, and the same counts as a table beside them. */
export const CountsOverTime = (props: CountsOverTimeProps) => {
  const { title, note, asking, points, step, names, fileName, empty } = props;
  const columns: Column<Point>[] = [
    { title: word('time'), value: ({ at }) => instantField(at), show: ({ at }) => stepWords(at, step) },
    ...names.map((name, index) => ({
      ...{ title: name, isNumber: true },
      value: ({ counts }: Point) => counts[index] ?? 0,
    })),
  ];
  return (
    <Figure {...{ title, note }} saved={{ name: fileName, columns, rows: points }}>
      <Answered asking={asking}>
        {(span) =>
          points.length === 0 ? (
            <Empty icon="chart" title={empty} />
          ) : (
            <div class="side-by-side">
              <Bars {...props} span={span} />
              <DataTable label={title} {...{ columns, rows: points }} keyOf={({ at }) => String(at)} />
            </div>
          )
        }
      </Answered>
    </Figure>
  );
};

const tones = ['accent', 'warn'] as const;

const Bars = ({ points, names, step, span, axis, say, title }: CountsOverTimeProps & { span: AskedSpan }) => {
  const plot = useMemo(() => {
    const known = new Map(points.map((point) => [point.at, point.counts]));
    const at = toSteps([...known.keys()], span, step);
    const series = names.map(
      (label, index): Series => ({
        ...{ label, kind: names.length === 1 ? 'bars' : 'line', tone: tones[index] ?? 'muted' },
        values: at.map((one) => known.get(one)?.[index] ?? 0),
      }),
    );
    return { at, series };
  }, [points, names.join()]);
  return <Plot {...plot} label={title} {...{ axis, step, say }} />;
};
