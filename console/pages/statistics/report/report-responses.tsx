import type { ReportPart, StatisticsReport } from '../../../../api/schema/report-view.ts';
import { DataTable } from '../figures/data-table.tsx';
import { shareWords } from '../figures/share.ts';
import { dueSteps, medianWords, slowestWords } from '../views/response-rows.ts';
import { word } from '../words.ts';
import { ReportPartOf } from './report-part.tsx';

type Row = ReportPart['responses'][number];

/** 响应时效, step by step. */
export const ReportResponses = ({ report }: { report: StatisticsReport }) => {
  const rows = report.now.responses.filter(({ step }) => dueSteps.some((due) => due === step));
  return (
    <ReportPartOf title={word('responseTitle')}>
      {rows.length === 0 ? (
        <p>{word('noAlerts')}</p>
      ) : (
        <DataTable<Row>
          label={word('responseTitle')}
          columns={[
            { title: word('step'), value: ({ step }) => word(`${step}Step`) },
            { title: word('reached'), value: ({ reached }) => reached, isNumber: true },
            { title: word('inTime'), value: ({ inTime, due }) => shareWords(inTime, due), isNumber: true },
            { title: word('median'), value: medianWords, isNumber: true },
            { title: word('slowest'), value: slowestWords, isNumber: true },
          ]}
          rows={rows}
          keyOf={({ step }) => step}
        />
      )}
    </ReportPartOf>
  );
};
