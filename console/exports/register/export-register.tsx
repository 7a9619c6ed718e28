import { useEffect, useState } from 'preact/hooks';
import type { ExportView } from '../../../api/schema/export-view.ts';
import type { AskOptions } from '../../http/ask.ts';
import { askAll } from '../../http/ask-all.ts';
import { isAlone } from '../../http/session-state.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { word } from '../words.ts';
import { changes } from './answer-export.ts';
import { ExportEntry } from './export-entry.tsx';
import '../exports.css';

const path = '/api/v1/exports';
const pageSize = 100;
/** Older ones by asking the API. */
const maxPages = 5;

type View = 'open' | 'all';

const readRegister = (address: string, options: AskOptions): Promise<ExportView[]> =>
  askAll(address, options, maxPages);

/** The register of exports: one's own, and for who may approve all of their ground, the newest first. */
export const ExportRegister = () => {
  const [view, setView] = useState<View>('open');
  const query = { limit: pageSize, ...(view === 'open' ? { state: ['asked', 'approved'] } : {}) };
  const asked = useAnswer<ExportView[]>(path, { query, everyMs: 10_000 }, readRegister);
  return (
    <Panel title={word('register')}>
      <div class="row">
        <Choice<View>
          label={word('show')}
          value={view}
          options={(['open', 'all'] as const).map((one) => ({ value: one, label: word(one) }))}
          onChoose={setView}
        />
      </div>
      {isAlone() && <p class="muted">{word('alone')}</p>}
      <Answered asked={asked}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="note" title={word('none')}>
              {word('noneMore')}
            </Empty>
          ) : (
            <ul class="exports" aria-label={word('register')}>
              {items.map((one) => (
                <ExportEntry key={one.exportId} exported={one} onChanged={asked.again} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
};

/** How many exports of others wait for an answer of whoever may approve. */
export const useWaitingExports = (mayApprove: boolean, own: string): number => {
  const query = { state: 'asked', limit: pageSize };
  const { answer, again } = useAnswer<{ items: ExportView[] }>(mayApprove ? path : undefined, {
    query,
    everyMs: 60_000,
  });
  useEffect(again, [changes.value]);
  return answer?.items.filter(({ by }) => by !== own).length ?? 0;
};
