import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ActivityView as Activity } from '../../../../api/schema/statistics-views.ts';
import type { Label } from '../../../../core/schema/label.ts';
import { Empty } from '../../../parts/states.tsx';
import { labelWord } from '../../../words/alert-terms.ts';
import { asked, place } from '../asked/asked.ts';
import { cameraName, legend } from '../asked/legend.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { instantField } from '../instant-words.ts';
import { Plot } from '../plot/plot.tsx';
import { word } from '../words.ts';
import { ActivityChoice } from './activity-choice.tsx';
import { activityColumns, isUnusual, toActivityPlot } from './activity-rows.ts';

const chosenCamera = signal('');
const chosenLabel = signal<Label>('person');
const maxSpanMs = 31 * 86_400_000;

/** Those of the place; the ones that somebody watches for it first. */
const camerasShown = () =>
  (legend.value?.cameras ?? [])
    .filter((camera) => camera.place.startsWith(place.value))
    .sort((a, b) => Number(b.isWatchedForActivity) - Number(a.isWatchedForActivity));

/** 异常活动: what is normal on a camera by the hour of the week, against what was. */
export const ActivityView = () => {
  const cameras = camerasShown();
  const camera = cameras.find(({ id }) => id === chosenCamera.value) ?? cameras[0];
  const query = asked.value &&
    camera && {
      ...{ camera: camera.id, label: chosenLabel.value, to: asked.value.to },
      from: Math.max(asked.value.from, asked.value.to - maxSpanMs),
    };
  const asking = useReckoned<Activity>('/api/v1/statistics/activity', query);
  if (camera === undefined) return <Empty icon="camera" title={word('noCameras')} />;
  const rows = asking.answer?.items ?? [];
  return (
    <Figure
      title={word('activityTitle')}
      note={noteOf(asking.answer)}
      saved={{
        name: `activity-${camera.id}-${chosenLabel.value}`,
        columns: activityColumns(instantField),
        rows,
      }}
      controls={
        <ActivityChoice camera={chosenCamera} label={chosenLabel} shown={camera.id} {...{ cameras }} />
      }
    >
      <Answered asking={asking}>
        {(answer) =>
          answer.items.length === 0 ? (
            <Empty icon="chart" title={word('noQuarters')} />
          ) : (
            <Shown answer={answer} />
          )
        }
      </Answered>
    </Figure>
  );
};

const noteOf = (answer: Activity | undefined): string | undefined =>
  answer &&
  (answer.watchedDays < answer.neededDays
    ? word('activityTooFew', { have: answer.watchedDays, need: answer.neededDays })
    : word('activityNote', { days: answer.watchedDays }));

const Shown = ({ answer }: { answer: Activity }) => {
  const plot = useMemo(() => toActivityPlot(answer), [answer]);
  const unusual = answer.items.filter(isUnusual);
  const isKnown = answer.items.some(({ low }) => low !== undefined);
  const columns = activityColumns();
  const title = word('activityOf', { camera: cameraName(answer.cameraId), label: labelWord(answer.label) });
  const rows = isKnown ? unusual : answer.items;
  return (
    <div class="side-by-side">
      <Plot
        {...plot}
        label={title}
        axis={word('tracksAxis', { label: labelWord(answer.label) })}
        step="quarter"
        say={(value) => String(value)}
      />
      <div class="stack">
        <h3>{isKnown ? word('unusualQuarters', { count: unusual.length }) : word('allQuarters')}</h3>
        {rows.length > 0 && <DataTable label={title} {...{ columns, rows }} keyOf={({ at }) => String(at)} />}
      </div>
    </div>
  );
};
