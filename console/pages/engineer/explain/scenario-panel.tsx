import { wordsOf } from '../../../../core/explanation/words.ts';
import type { Explanation, ScenarioExplanation, WatchState } from '../../../../core/schema/explanation.ts';
import { Badge, type Tone } from '../../../parts/badge.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../../parts/short-table.tsx';
import { language } from '../../../words/language.ts';
import { clockTime } from '../../../words/site-time.ts';
import { word } from '../words.ts';

const tones: Readonly<Record<WatchState, Tone>> = {
  'off-duty': 'plain',
  idle: 'plain',
  building: 'warn',
  open: 'bad',
  suppressed: 'low',
};

/** How near each scenario of the camera is to an alert, and what it lacks for one. */
export const ScenarioPanel = ({ explanation: { scenarios } }: { explanation: Explanation }) => (
  <Panel title={word('scenarios')}>
    {scenarios.length === 0 ? (
      <p class="muted">{word('noScenario')}</p>
    ) : (
      <ShortTable
        label={word('scenarios')}
        columns={columns()}
        items={scenarios}
        keyOf={({ scenarioId }) => scenarioId}
      />
    )}
  </Panel>
);

const columns = (): ShortColumn<ScenarioExplanation>[] => {
  const words = wordsOf(language.value);
  return [
    { key: 'name', title: word('scenario'), render: ({ name }) => name },
    { key: 'kind', title: word('kind'), render: ({ kind }) => words.kinds[kind] },
    { key: 'zone', title: word('zone'), render: ({ zoneId }) => <span class="code">{zoneId ?? '–'}</span> },
    {
      key: 'state',
      title: word('state'),
      render: ({ state }) => <Badge tone={tones[state]}>{words.watchStates[state]}</Badge>,
    },
    {
      key: 'missing',
      title: word('missing'),
      render: ({ missing }) =>
        missing.length === 0
          ? '–'
          : missing.map((lack) => <p key={lack.what}>{words.missing(lack, clockTime)}</p>),
    },
  ];
};
