import { useMemo } from 'preact/hooks';
import type { LineCountSeries } from '../../../../api/schema/line-counts.ts';
import { labelWord } from '../../../words/alert-terms.ts';
import { asked, stepOf } from '../asked/asked.ts';
import { cameraName, lineName } from '../asked/legend.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import type { Column } from '../figures/column.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { word } from '../words.ts';
import { CountsOverTime } from './counts-over-time.tsx';
import { type LineRow, toLinePoints, toLineRows } from './line-rows.ts';

/** 过线计数: how many crossed the lines of cameras, each way. */
export const LinesView = () => {
  const step = asked.value && (stepOf(asked.value) === 'hour' ? 'hour' : 'day');
  const asking = useReckoned<LineCountSeries>(
    '/api/v1/statistics/line-counts',
    asked.value && { ...asked.value, step },
  );
  const items = asking.answer?.items;
  const points = useMemo(() => toLinePoints(items ?? []), [items]);
  const rows = useMemo(() => toLineRows(items ?? []), [items]);
  return (
    <>
      <CountsOverTime
        title={word('linesOverTime')}
        note={word('linesNote')}
        axis={word('crossingsAxis')}
        fileName="line-counts"
        {...{ asking, points }}
        step={asking.answer?.step === 'hour' ? 'hour' : 'day'}
        names={[word('forward'), word('backward')]}
        say={(value) => word('crossingCount', { count: value })}
        empty={word('noCrossings')}
      />
      {rows.length > 0 && <ByLine rows={rows} />}
    </>
  );
};

const ByLine = ({ rows }: { rows: LineRow[] }) => {
  const columns: Column<LineRow>[] = [
    { title: word('line'), value: ({ cameraId, lineId }) => lineName(cameraId, lineId) },
    { title: word('camera'), value: ({ cameraId }) => cameraName(cameraId) },
    { title: word('label'), value: ({ label }) => labelWord(label) },
    { title: word('forward'), value: ({ forward }) => forward, isNumber: true },
    { title: word('backward'), value: ({ backward }) => backward, isNumber: true },
  ];
  return (
    <Figure
      title={word('linesByLine')}
      note={word('linesByLineNote')}
      saved={{ name: 'line-counts-by-line', columns, rows }}
    >
      <DataTable label={word('linesByLine')} {...{ columns, rows }} keyOf={({ key }) => key} />
    </Figure>
  );
};
