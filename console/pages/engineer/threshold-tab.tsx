import type { LabelSweep, Sweep } from '../../../core/schema/sweep.ts';
import { camerasById } from '../../http/site.ts';
import { useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { labelWord } from '../../words/alert-terms.ts';
import { whenTold } from '../../words/site-time.ts';
import { Curve } from './curve.tsx';
import { word } from './words.ts';

/** What each threshold would mean, as measured on pictures of this site. */
export const ThresholdTab = () => {
  const asked = useAnswer<{ items: Sweep[] }>('/api/v1/models/sweeps');
  return (
    <Answered asked={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="chart" title={word('noSweep')}>
            {word('noSweepMore')}
          </Empty>
        ) : (
          items.map((sweep) => <SweepPanel key={`${sweep.modelId} ${sweep.at}`} sweep={sweep} />)
        )
      }
    </Answered>
  );
};

const SweepPanel = ({ sweep: { modelId, at, folders } }: { sweep: Sweep }) => (
  <Panel title={modelId} aside={<span class="muted">{whenTold(at)}</span>}>
    {folders.map(({ name, pictures, labels }) => (
      <div key={name} class="stack">
        <h3>
          {camerasById.value.get(name)?.name ?? name}{' '}
          <span class="muted">{word('pictures', { count: pictures })}</span>
        </h3>
        <div class="curves">
          {labels.map((label) => (
            <LabelCurve key={label.label} sweep={label} />
          ))}
        </div>
      </div>
    ))}
  </Panel>
);

const share = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

const LabelCurve = ({ sweep }: { sweep: LabelSweep }) => {
  const { label, truths, ap50, best } = sweep;
  return (
    <figure class="curve">
      <figcaption>
        <strong>{labelWord(label)}</strong>{' '}
        <span class="muted">{word('truths', { count: truths, ap: ap50.toFixed(2) })}</span>
      </figcaption>
      <Curve sweep={sweep} />
      {best && (
        <p>
          {word('best', {
            score: best.score.toFixed(2),
            precision: share(best.precision),
            recall: share(best.recall),
          })}
        </p>
      )}
    </figure>
  );
};
