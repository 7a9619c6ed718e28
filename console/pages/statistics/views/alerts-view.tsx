import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { StatisticsSeries } from '../../../../api/schema/report-view.ts';
import type { HourCounts } from '../../../../api/schema/statistics-views.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/states.tsx';
import { placeWords } from '../../../words/place-words.ts';
import { asked, stepOf } from '../asked/asked.ts';
import { cameraName, scenarioName } from '../asked/legend.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import type { Column } from '../figures/column.ts';
import { Figure } from '../figures/figure.tsx';
import { type HeatRow, toHeatRows } from '../figures/heat.ts';
import { HeatTable } from '../figures/heat-table.tsx';
import { word } from '../words.ts';
import { CountsOverTime } from './counts-over-time.tsx';

const keys = ['scenario', 'village', 'camera'] as const;
const by = signal<(typeof keys)[number]>('scenario');
const nameOf = { scenario: scenarioName, village: placeWords, camera: cameraName } as const;

/** 预警分布: how many, when, of what and where. */
export const AlertsView = () => (
  <>
    <AlertsOverTime />
    <AlertHeat />
  </>
);

const AlertsOverTime = () => {
  const asking = useReckoned<StatisticsSeries>(
    '/api/v1/statistics/series',
    asked.value && { ...asked.value, of: 'alerts', by: stepOf(asked.value) },
  );
  const points = useMemo(
    () => asking.answer?.items.map(({ at, raised }) => ({ at, counts: [raised] })),
    [asking.answer],
  );
  return (
    <CountsOverTime
      title={word('alertsOverTime')}
      note={points && word('alertsOverTimeNote', { count: totalOf(points) })}
      axis={word('alertsAxis')}
      fileName="alerts"
      {...{ asking, points: points ?? [] }}
      step={asking.answer?.by ?? 'day'}
      names={[word('alertsRaised')]}
      say={(value) => word('alertCount', { count: value })}
      empty={word('noAlerts')}
    />
  );
};

const totalOf = (points: readonly { counts: number[] }[]): number =>
  points.reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0);

const AlertHeat = () => {
  const asking = useReckoned<HourCounts>(
    '/api/v1/statistics/hours',
    asked.value && { ...asked.value, by: by.value },
  );
  const heat = useMemo(() => toHeatRows(asking.answer?.items ?? []), [asking.answer]);
  const columns = heatColumns(word(by.value), nameOf[by.value]);
  return (
    <Figure
      title={word('heatTitle')}
      note={asking.answer && word('heatNote', { count: heat.sums.total })}
      saved={{ name: `alerts-by-hour-and-${by.value}`, columns, rows: heat.rows }}
      controls={<KeyChoice />}
    >
      <Answered asking={asking}>
        {() =>
          heat.rows.length === 0 ? (
            <Empty icon="chart" title={word('noAlerts')} />
          ) : (
            <HeatTable label={word('heatTitle')} of={word(by.value)} heat={heat} nameOf={nameOf[by.value]} />
          )
        }
      </Answered>
    </Figure>
  );
};

const heatColumns = (title: string, name: (key: string) => string): Column<HeatRow>[] => [
  { title, value: ({ key }) => name(key) },
  ...Array.from({ length: 24 }, (_, hour) => ({
    title: `${String(hour).padStart(2, '0')}:00`,
    value: ({ hours }: HeatRow) => hours[hour] ?? 0,
  })),
  { title: word('total'), value: ({ total }) => total },
];

const KeyChoice = () => (
  <Choice
    label={word('toldApartBy')}
    value={by.value}
    options={keys.map((value) => ({ value, label: word(value) }))}
    onChoose={(value) => {
      by.value = value;
    }}
  />
);
