import type { ReportPart, StatisticsReport } from '../../../../api/schema/report-view.ts';
import { scenarioName } from '../asked/legend.ts';
import { DataTable } from '../figures/data-table.tsx';
import { shareWords } from '../figures/share.ts';
import { word } from '../words.ts';
import { ReportPartOf } from './report-part.tsx';

type Row = ReportPart['scenarios'][number];

/** 预警与误报, by scenario; the most alerts first. */
export const ReportScenarios = ({ report: { now, before } }: { report: StatisticsReport }) => {
  const earlier = new Map(before.scenarios.map((row) => [row.scenarioId, row.raised]));
  const rows = [...now.scenarios].sort((a, b) => b.raised - a.raised);
  return (
    <ReportPartOf title={word('scenariosTitle')}>
      {rows.length === 0 ? (
        <p>{word('noAlerts')}</p>
      ) : (
        <DataTable<Row>
          label={word('scenariosTitle')}
          columns={[
            { title: word('scenario'), value: ({ scenarioId }) => scenarioName(scenarioId) },
            { title: word('raised'), value: ({ raised }) => raised, isNumber: true },
            {
              title: word('raisedBefore'),
              value: ({ scenarioId }) => earlier.get(scenarioId) ?? 0,
              isNumber: true,
            },
            { title: word('judged'), value: ({ judged }) => judged, isNumber: true },
            {
              title: word('falseShare'),
              value: ({ falseAlarms, judged }) => shareWords(falseAlarms, judged),
              isNumber: true,
            },
          ]}
          rows={rows}
          keyOf={({ scenarioId }) => scenarioId}
        />
      )}
    </ReportPartOf>
  );
};
