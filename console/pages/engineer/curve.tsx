import type { LabelSweep } from '../../../core/schema/sweep.ts';
import { labelWord } from '../../words/alert-terms.ts';
import { word } from './words.ts';

/** Of the plot, in the drawing's own units. */
const side = 200;
const margin = { left: 40, top: 10, right: 12, bottom: 44 };
const ticks = [0, 0.5, 1];
const xOf = (recall: number): number => margin.left + recall * side;
const yOf = (precision: number): number => margin.top + (1 - precision) * side;

/** One label's precision over its recall: a point for each score, the best one filled. */
export const Curve = ({ sweep: { label, points, best } }: { sweep: LabelSweep }) => {
  const drawn = points.flatMap(({ score, precision, recall }) =>
    precision === null || recall === null ? [] : [{ score, precision, recall }],
  );
  const width = margin.left + side + margin.right;
  const height = margin.top + side + margin.bottom;
  return (
    <svg
      class="curve-plot"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={word('curveOf', { label: labelWord(label) })}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <path class="curve-grid" d={`M${xOf(tick)} ${yOf(0)}V${yOf(1)}M${xOf(0)} ${yOf(tick)}H${xOf(1)}`} />
          <text x={xOf(tick)} y={yOf(0) + 18} text-anchor="middle">
            {tick}
          </text>
          <text x={margin.left - 6} y={yOf(tick)} dy="4" text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      <polyline
        class="curve-line"
        points={drawn.map(({ recall, precision }) => `${xOf(recall)},${yOf(precision)}`).join(' ')}
      />
      {drawn.map(({ score, precision, recall }) => (
        <circle
          key={score}
          class={score === best?.score ? 'curve-best' : 'curve-point'}
          cx={xOf(recall)}
          cy={yOf(precision)}
          r={score === best?.score ? 6 : 3.5}
        >
          <title>
            {word('pointOf', {
              score: score.toFixed(2),
              precision: precision.toFixed(2),
              recall: recall.toFixed(2),
            })}
          </title>
        </circle>
      ))}
      <text x={xOf(0.5)} y={height - 6} text-anchor="middle">
        {word('axes')}
      </text>
    </svg>
  );
};
