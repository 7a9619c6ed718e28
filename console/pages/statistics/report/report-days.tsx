import type { StatisticsReport, StatisticsSeries } from '../../../../api/schema/report-view.ts';
import { type AskedSpan, askedAt } from '../asked/asked.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import { toSteps } from '../plot/plot-data.ts';
import { stepWords, tickWords } from '../plot/step-words.ts';
import { word } from '../words.ts';
import { ReportPartOf } from './report-part.tsx';

/** How alerts went, as a drawing that stays sharp on paper. */
export const ReportDays = ({ report: { place, span, now } }: { report: StatisticsReport }) => {
  const by = span.length === 7 && !span.includes('Q') ? 'day' : 'month';
  const asking = useReckoned<StatisticsSeries>('/api/v1/statistics/series', {
    ...{ place, from: now.from, to: now.to, of: 'alerts', by },
  });
  return (
    <ReportPartOf title={word(by === 'day' ? 'alertsByDay' : 'alertsByMonth')}>
      <Answered asking={asking}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{word('noAlerts')}</p>
          ) : (
            <Bars {...{ items, by }} span={{ from: now.from, to: Math.min(now.to, askedAt.value) }} />
          )
        }
      </Answered>
    </ReportPartOf>
  );
};

const [width, height, floor] = [700, 150, 120];
/** Beside the first and the last bar, for the words below them. */
const margin = 20;

interface BarsProps {
  items: StatisticsSeries['items'];
  by: 'day' | 'month';
  span: AskedSpan;
}

const Bars = ({ items, by, span }: BarsProps) => {
  const counts = new Map(items.map(({ at, raised }) => [at, raised]));
  const steps = toSteps([...counts.keys()], span, by);
  const max = Math.max(1, ...counts.values());
  const each = Math.min(90, (width - 2 * margin) / steps.length);
  const label = items.map(({ at, raised }) => `${stepWords(at, by)} ${raised}`).join(word('listComma'));
  return (
    <svg class="paper-bars" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line x1="0" x2={width} y1={floor} y2={floor} />
      {steps.map((at, index) => {
        const count = counts.get(at) ?? 0;
        const [x, tall] = [margin + index * each, (count / max) * (floor - 20)];
        return (
          <g key={at}>
            <rect x={x + each * 0.15} y={floor - tall} width={each * 0.7} height={tall} />
            {count > 0 && (
              <text x={x + each / 2} y={floor - tall - 4}>
                {count}
              </text>
            )}
            {index % Math.ceil(steps.length / 8) === 0 && (
              <text x={x + each / 2} y={floor + 18}>
                {tickWords(at, undefined, by)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
};
