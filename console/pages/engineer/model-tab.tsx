import type { Static } from 'typebox';
import type { ModelView } from '../../../api/schema/inside-views.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { labelWord } from '../../words/alert-terms.ts';
import { sayList } from '../../words/say-list.ts';
import { saySize } from '../../words/size.ts';
import { word } from './words.ts';

type Model = Static<typeof ModelView>;

/** Every model there is a card for: what it sees, what it costs, how good it was found to be. */
export const ModelTab = () => {
  const asked = useAnswer<{ items: Model[] }>('/api/v1/models');
  return (
    <Answered asked={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="chart" title={word('noModel')} />
        ) : (
          <div class="panels">
            {[...items].sort(byUse).map((model) => (
              <ModelCard key={model.id} model={model} />
            ))}
          </div>
        )
      }
    </Answered>
  );
};

/** Those that run first, then those whose file is here. */
const byUse = (a: Model, b: Model): number =>
  b.usedBy.length - a.usedBy.length || Number(b.isCached) - Number(a.isCached) || a.id.localeCompare(b.id);

const ModelCard = ({ model }: { model: Model }) => (
  <Panel title={model.id} aside={<Marks model={model} />}>
    <p>{model.title}</p>
    <Facts
      facts={[
        [word('input'), model.input],
        [word('costOfPicture'), model.costMs === null ? word('unmeasured') : `${model.costMs} ms`],
        [word('size'), saySize(model.sizeBytes)],
        [word('decoder'), model.decoder],
        [word('licence'), model.licence],
        [word('usedBy'), sayList(model.usedBy) || '–'],
      ]}
    />
    <p>
      <span class="muted">{word('labels')}</span> {sayList(model.labels.map((label) => labelWord(label)))}
    </p>
    <ul>
      {model.accuracy.map(({ dataset, metric, value, condition }) => (
        <li key={`${dataset} ${metric} ${condition}`}>
          {metric} <strong>{value}</strong> <span class="muted">{word('on', { dataset })}</span>
        </li>
      ))}
    </ul>
    <details>
      <summary>{word('notes')}</summary>
      <div lang="en">
        {model.accuracy.map(({ dataset, metric, condition }) => (
          <p key={`${dataset} ${metric} ${condition}`}>
            {metric}: {condition}
          </p>
        ))}
        {model.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </details>
    <p class="muted code">sha256 {model.sha256}</p>
  </Panel>
);

const Marks = ({ model: { role, usedBy, isCached, isOwn } }: { model: Model }) => (
  <>
    {usedBy.length > 0 && <Badge tone="good">{word('inUse')}</Badge>}
    {role && <Badge tone="low">{word(role)}</Badge>}
    {isOwn && <Badge>{word('isOwn')}</Badge>}
    {!isCached && <Badge tone="warn">{word('notHere')}</Badge>}
  </>
);
