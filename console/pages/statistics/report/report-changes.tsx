import type { ReportPart, StatisticsReport } from '../../../../api/schema/report-view.ts';
import { saySpan } from '../../../words/span.ts';
import { DataTable } from '../figures/data-table.tsx';
import { percent, shareWords } from '../figures/share.ts';
import { medianWords } from '../views/response-rows.ts';
import { word } from '../words.ts';
import { isSaid, signed } from './changes.ts';
import { ReportPartOf } from './report-part.tsx';

interface Row {
  key: string;
  now: string;
  before: string;
  change: string;
}

/** 总览: what it came to, what it had been, and what changed where both rest on enough. */
export const ReportChanges = ({ report }: { report: StatisticsReport }) => (
  <ReportPartOf title={word('changesTitle')}>
    <DataTable<Row>
      label={word('changesTitle')}
      columns={[
        { title: word('measure'), value: ({ key }) => key },
        { title: word('thisSpan'), value: ({ now }) => now, isNumber: true },
        { title: word('spanBefore'), value: ({ before }) => before, isNumber: true },
        { title: word('change'), value: ({ change }) => change, isNumber: true },
      ]}
      rows={toRows(report)}
      keyOf={({ key }) => key}
    />
  </ReportPartOf>
);

const stepOf = (part: ReportPart, step: 'acknowledged' | 'resolved') =>
  part.responses.find((one) => one.step === step);

const toRows = ({ now, before, changes }: StatisticsReport): Row[] => {
  const points = (value: number): string => word('points', { value: (value * 100).toFixed(1) });
  const row = (key: string, of: (part: ReportPart) => string, change: string | undefined): Row => ({
    ...{ key, now: of(now), before: of(before), change: change ?? word('cannotSay') },
  });
  const stepRows = (step: 'acknowledged' | 'resolved'): Row[] => [
    row(
      word(`${step}InTime`),
      (part) => shareWords(stepOf(part, step)?.inTime ?? 0, stepOf(part, step)?.due ?? 0),
      isSaid(now, before, (part) => stepOf(part, step)?.due)
        ? signed(changes[`${step}Share`], points)
        : undefined,
    ),
    row(
      word(`${step}Median`),
      (part) => medianWords(stepOf(part, step)),
      isSaid(now, before, (part) => stepOf(part, step)?.reached)
        ? signed(changes[`${step}MedianMs`], saySpan)
        : undefined,
    ),
  ];
  return [
    row(word('raised'), ({ raised }) => String(raised), signed(changes.raised, String)),
    ...stepRows('acknowledged'),
    ...stepRows('resolved'),
    row(
      word('falseShare'),
      ({ falseAlarms, judged }) => shareWords(falseAlarms, judged),
      isSaid(now, before, ({ judged }) => judged) ? signed(changes.falseAlarmShare, points) : undefined,
    ),
    row(
      word('availability'),
      ({ availability }) => (availability === undefined ? word('none') : percent(availability)),
      signed(changes.availability, points),
    ),
  ];
};
