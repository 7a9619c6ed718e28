import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ResponseTimes } from '../../../../api/schema/statistics-views.ts';
import type { Asked } from '../../../http/use-answer.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/states.tsx';
import { asked } from '../asked/asked.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { shareWords } from '../figures/share.ts';
import { word } from '../words.ts';
import { deadlineRows, deadlineWords } from './deadline-words.ts';
import { dueSteps, responseColumns, sumOf, toResponseRows } from './response-rows.ts';
import { ResponsesOverTime } from './responses-over-time.tsx';

const level = signal<'village' | 'township'>('village');

/** 响应时效: how often 1-3-5 was kept, and how long it took. */
export const ResponsesView = () => {
  const asking = useReckoned<ResponseTimes>(
    '/api/v1/statistics/responses',
    asked.value && { ...asked.value, level: level.value },
  );
  return (
    <>
      <ResponseTable asking={asking} />
      <ResponsesOverTime />
    </>
  );
};

const ResponseTable = ({ asking }: { asking: Asked<ResponseTimes> }) => {
  const rows = useMemo(() => toResponseRows(asking.answer?.items ?? []), [asking.answer]);
  const columns = responseColumns();
  return (
    <Figure
      title={word('responseTitle')}
      note={<Deadlines />}
      saved={{ name: 'responses', columns, rows }}
      controls={<LevelChoice />}
    >
      <Answered asking={asking}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="chart" title={word('noAlerts')} />
          ) : (
            <>
              <ul class="tiles">
                {dueSteps.map((step) => {
                  const { inTime, due } = sumOf(items, step);
                  return (
                    <li key={step} class="tile">
                      <span>{word(`${step}InTime`)}</span>
                      <strong>{shareWords(inTime, due)}</strong>
                    </li>
                  );
                })}
              </ul>
              <DataTable label={word('responseTitle')} {...{ columns, rows }} keyOf={(row) => row.place} />
            </>
          )
        }
      </Answered>
    </Figure>
  );
};

const Deadlines = () => (
  <>
    {word('responseNote')} {deadlineRows().map(deadlineWords).join(word('listSemicolon'))}
  </>
);

const LevelChoice = () => (
  <Choice
    label={word('level')}
    value={level.value}
    options={[
      { value: 'village', label: word('village') },
      { value: 'township', label: word('township') },
    ]}
    onChoose={(value) => {
      level.value = value;
    }}
  />
);
