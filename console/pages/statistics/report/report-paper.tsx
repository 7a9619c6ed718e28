import type { StatisticsReport } from '../../../../api/schema/report-view.ts';
import { placeWords } from '../../../words/place-words.ts';
import { timeZone } from '../../../words/site-time.ts';
import { askedAt } from '../asked/asked.ts';
import { enoughForShare } from '../figures/share.ts';
import { instantWords } from '../instant-words.ts';
import { deadlineRows, deadlineWords } from '../views/deadline-words.ts';
import { word } from '../words.ts';
import { ReportAvailability } from './report-availability.tsx';
import { ReportChanges } from './report-changes.tsx';
import { ReportDays } from './report-days.tsx';
import { ReportResponses } from './report-responses.tsx';
import { ReportScenarios } from './report-scenarios.tsx';
import { spanNameWords } from './span-name-words.ts';

/** The report on paper: what it is of, then its parts, each of which says what it rests on. */
export const ReportPaper = ({ report }: { report: StatisticsReport }) => {
  const { place, span, isOver, now } = report;
  return (
    <article class="paper">
      <header>
        <h2>{word('reportTitle', { place: placeWords(place), span: spanNameWords(span) })}</h2>
        <p class="muted">
          {word('spanSaid', {
            ...{ from: instantWords(now.from), to: instantWords(now.to), zone: timeZone.value },
          })}
        </p>
        {!isOver && <p class="truncated">{word('notOver', { at: instantWords(askedAt.value) })}</p>}
      </header>
      <ReportChanges report={report} />
      <ReportDays report={report} />
      <ReportResponses report={report} />
      <ReportScenarios report={report} />
      <ReportAvailability report={report} />
      <footer class="muted">
        <p>{word('reportRests', { bound: enoughForShare })}</p>
        <p>
          {word('responseNote')} {deadlineRows().map(deadlineWords).join(word('listSemicolon'))}
        </p>
        <p>{word('madeAt', { at: instantWords(askedAt.value) })}</p>
      </footer>
    </article>
  );
};
