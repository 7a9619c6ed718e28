import type { LabelSweep } from '../../../core/schema/sweep.ts';

/** Of the plot itself, in SVG's pixels, and what stands around it. */
const side = 200;
const margin = { left: 36, top: 8, right: 10, bottom: 30 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

const xOf = (recall: number): string => (margin.left + recall * side).toFixed(1);
const yOf = (precision: number): string => (margin.top + (1 - precision) * side).toFixed(1);

const grid = ticks
  .flatMap((tick) => [
    `<path class="grid" d="M${xOf(tick)} ${yOf(0)}V${yOf(1)}M${xOf(0)} ${yOf(tick)}H${xOf(1)}"/>`,
    `<text x="${xOf(tick)}" y="${margin.top + side + 14}" text-anchor="middle">${tick}</text>`,
    `<text x="${margin.left - 5}" y="${yOf(tick)}" dy="3" text-anchor="end">${tick}</text>`,
  ])
  .join('');

/** One label's precision over its recall as SVG: a point for each score, the best one filled. */
export const drawCurve = ({ points, best }: LabelSweep): string => {
  const drawn = points.flatMap(({ score, precision, recall }) =>
    precision === null || recall === null ? [] : [{ score, precision, recall }],
  );
  const line = drawn.map(({ recall, precision }) => `${xOf(recall)},${yOf(precision)}`).join(' ');
  const dots = drawn.map(({ score, recall, precision }) => {
    const kind = score === best?.score ? 'best' : 'point';
    const said = `≥ ${score.toFixed(2)}: P ${precision.toFixed(3)}, R ${recall.toFixed(3)}`;
    return `<circle class="${kind}" cx="${xOf(recall)}" cy="${yOf(precision)}" r="${kind === 'best' ? 5 : 3}"><title>${said}</title></circle>`;
  });
  const width = margin.left + side + margin.right;
  const height = margin.top + side + margin.bottom;
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    grid,
    `<polyline class="curve" points="${line}"/>`,
    ...dots,
    `<text x="${margin.left + side / 2}" y="${height - 3}" text-anchor="middle">召回率 recall</text>`,
    '</svg>',
  ].join('');
};
