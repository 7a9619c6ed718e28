import type { Signal } from '@preact/signals';
import type { StatisticsLegend } from '../../../../api/schema/legend-view.ts';
import type { Label } from '../../../../core/schema/label.ts';
import { labelWord } from '../../../words/alert-terms.ts';
import { word } from '../words.ts';

export interface ActivityChoiceProps {
  camera: Signal<string>;
  label: Signal<Label>;
  /** The camera that is shown. */
  shown: string;
  cameras: StatisticsLegend['cameras'];
}

const labels = Object.keys(labelWord.words.zh) as Label[];

/** Which camera and what on it. */
export const ActivityChoice = ({ camera, label, shown, cameras }: ActivityChoiceProps) => (
  <>
    <select
      class="narrow"
      aria-label={word('camera')}
      value={shown}
      onChange={(event) => {
        camera.value = event.currentTarget.value;
      }}
    >
      {cameras.map(({ id, name, isWatchedForActivity }) => (
        <option key={id} value={id}>
          {isWatchedForActivity ? word('watchedForIt', { name }) : name}
        </option>
      ))}
    </select>
    <select
      class="narrow"
      aria-label={word('label')}
      value={label.value}
      onChange={(event) => {
        label.value = labels.find((one) => one === event.currentTarget.value) ?? 'person';
      }}
    >
      {labels.map((one) => (
        <option key={one} value={one}>
          {labelWord(one)}
        </option>
      ))}
    </select>
  </>
);
