import type { StatisticsReport } from '../../../../api/schema/report-view.ts';
import type { Availability } from '../../../../api/schema/statistics-views.ts';
import { askedAt } from '../asked/asked.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { instantWords } from '../instant-words.ts';
import { placeColumns } from '../views/availability-columns.tsx';
import { word } from '../words.ts';
import { ReportPartOf } from './report-part.tsx';

/** 在线率 by village, against what is asked for. */
export const ReportAvailability = ({ report: { place, now } }: { report: StatisticsReport }) => {
  const hasBegun = now.from < askedAt.value;
  const asking = useReckoned<Availability>(
    '/api/v1/statistics/availability',
    hasBegun ? { place, from: now.from, to: Math.min(now.to, askedAt.value) } : undefined,
  );
  return (
    <ReportPartOf title={word('availabilityTitle')}>
      {hasBegun && (
        <Answered asking={asking}>
          {({ places, from, to }) =>
            places.length === 0 ? (
              <p>{word('noMinutes')}</p>
            ) : (
              <>
                <p class="muted">
                  {word('availabilityNote', { from: instantWords(from), to: instantWords(to) })}
                </p>
                <DataTable
                  label={word('availabilityTitle')}
                  columns={placeColumns()}
                  rows={places}
                  keyOf={(row) => row.place}
                />
              </>
            )
          }
        </Answered>
      )}
    </ReportPartOf>
  );
};
