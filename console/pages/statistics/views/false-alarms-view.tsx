import { useMemo } from 'preact/hooks';
import type { FalseAlarms } from '../../../../api/schema/statistics-views.ts';
import { Empty } from '../../../parts/states.tsx';
import { reasonWord } from '../../../words/alert-terms.ts';
import { asked } from '../asked/asked.ts';
import { cameraName, scenarioName } from '../asked/legend.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import type { Column } from '../figures/column.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { enoughForShare } from '../figures/share.ts';
import { ShareBar } from '../figures/share-bar.tsx';
import { word } from '../words.ts';
import { type FalseAlarmRow, toFalseAlarmRows } from './false-alarm-rows.ts';

/** 误报: which scenarios and cameras were wrong how often, and why. */
export const FalseAlarmsView = () => {
  const asking = useReckoned<FalseAlarms>('/api/v1/statistics/false-alarms', asked.value);
  const items = asking.answer?.items;
  const rows = useMemo(
    () => ({
      scenario: toFalseAlarmRows(items ?? [], ({ scenarioId }) => scenarioId),
      camera: toFalseAlarmRows(items ?? [], ({ cameraId }) => cameraId),
    }),
    [items],
  );
  const figure = (by: 'scenario' | 'camera', nameOf: (id: string) => string) => {
    const columns = columnsOf(word(by), nameOf);
    const title = word(by === 'scenario' ? 'falseByScenario' : 'falseByCamera');
    return (
      <Figure
        {...{ title }}
        note={word('falseNote', { bound: enoughForShare })}
        saved={{ name: `false-alarms-by-${by}`, columns, rows: rows[by] }}
      >
        <Answered asking={asking}>
          {() =>
            rows[by].length === 0 ? (
              <Empty icon="chart" title={word('noAlerts')} />
            ) : (
              <DataTable label={title} {...{ columns, rows: rows[by] }} keyOf={({ key }) => key} />
            )
          }
        </Answered>
      </Figure>
    );
  };
  return (
    <>
      {figure('scenario', scenarioName)}
      {figure('camera', cameraName)}
    </>
  );
};

const isReason = (reason: string): reason is keyof typeof reasonWord.words.zh =>
  Object.hasOwn(reasonWord.words.zh, reason);

const reasonsOf = ({ reasons }: FalseAlarmRow): string =>
  reasons
    .map(({ reason, count }) => `${isReason(reason) ? reasonWord(reason) : reason} ${count}`)
    .join(word('listComma'));

const columnsOf = (title: string, nameOf: (id: string) => string): Column<FalseAlarmRow>[] => [
  { title, value: ({ key }) => nameOf(key) },
  { title: word('raised'), value: ({ raised }) => raised, isNumber: true },
  { title: word('judged'), value: ({ judged }) => judged, isNumber: true },
  { title: word('falseAlarmsCount'), value: ({ falseAlarms }) => falseAlarms, isNumber: true },
  {
    title: word('falseShare'),
    value: ({ judged, falseAlarms }) => (judged === 0 ? undefined : falseAlarms / judged),
    show: ({ judged, falseAlarms }) => <ShareBar part={falseAlarms} whole={judged} tone="warn" />,
  },
  { title: word('reasons'), value: reasonsOf, show: (row) => reasonsOf(row) || word('none') },
];
