import { readFile } from 'node:fs/promises';
import { runtimeError } from '../../core/runtime/errors.ts';
import { listenForShutdown } from '../../core/runtime/shutdown.ts';
import { measureTracking, type TrackingMeasure } from '../../inference/index.ts';
import { FramePacer } from '../../ingest/replay/index.ts';
import { type Invocation, textOption } from '../command.ts';
import { openModelDetector } from '../replay/open-replay.ts';
import { parseRate } from '../replay/replay-options.ts';
import { evalError } from './errors.ts';
import type { EvalAction } from './eval-action.ts';
import { showShare, toTable } from './table.ts';
import { type LookedClip, lookAtClip } from './tracking/look-at-clip.ts';

const defaultRates = '10,5,2.5';
const maxFps = 60;

/** `eval tracking`: CLEAR MOT, identity and HOTA of a clip's tracks, against a ground truth in MOTChallenge's format. */
export const trackingAction: EvalAction = {
  summary: 'MOTA, IDF1 and HOTA of the tracks of people over a clip',
  arguments: 'CLIP',
  options: new Map([
    ['truth', { type: 'string', placeholder: 'FILE', help: 'where everybody is (MOTChallenge text)' }],
    ['model', { type: 'string', placeholder: 'ID', help: "the model (default: the site's)" }],
    [
      'fps',
      { type: 'string', placeholder: 'N,…', help: `frames looked at a second (default ${defaultRates})` },
    ],
    ['no-static-filter', { type: 'boolean', help: 'follow what recurs weakly in one spot too' }],
  ]),
  run: async ([clip], invocation) => {
    const file = textOption(invocation.values, 'truth');
    if (clip === undefined || file === undefined) {
      throw runtimeError(
        'usage-invalid',
        'which clip and truth? write xueliang eval tracking CLIP --truth FILE',
      );
    }
    const rates = ratesOf(invocation);
    const shutdown = listenForShutdown();
    const model = textOption(invocation.values, 'model');
    const opened = await openModelDetector(invocation, model, shutdown.signal);
    try {
      const looked = await lookAtClip(clip, await readText(file), opened, shutdown.signal);
      const isSifted = invocation.values.get('no-static-filter') !== true;
      const { id: modelId, output } = opened.card;
      const measures = rates.map((fps) => measureAt(fps, looked, output.confidentScore, isSifted));
      invocation.print({ modelId, isSifted, rates: measures }, describe(modelId, isSifted, measures));
      return 0;
    } finally {
      await opened.detector.close();
      shutdown.release();
    }
  },
};

const ratesOf = ({ values }: Pick<Invocation, 'values'>): number[] =>
  (textOption(values, 'fps') ?? defaultRates).split(',').map((rate) => parseRate(rate, '--fps', maxFps));

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw evalError('truth-invalid', `cannot read the truth '${file}'`, { cause });
  });

interface MeasureAt extends TrackingMeasure {
  fps: number;
}

/** Follows as many pictures a second as a worker would look at, out of those of the clip. */
export const measureAt = (
  fps: number,
  { looks, truth }: LookedClip,
  confidentScore: number,
  isSifted: boolean,
): MeasureAt => {
  const pacer = new FramePacer();
  const taken = looks.filter(({ atMs }) => pacer.take(atMs * 1000, fps));
  return { fps, ...measureTracking(taken, truth, { label: 'person', confidentScore, isSifted }) };
};

const headings = [
  'fps',
  'boxes',
  'MOTA',
  'IDF1',
  'HOTA',
  'DetA',
  'AssA',
  'IDsw',
  'frag',
  'FP',
  'FN',
  'taken',
];

const describe = (modelId: string, isSifted: boolean, measures: readonly MeasureAt[]): string =>
  [
    `${modelId}, tracks of people, ${isSifted ? 'with' : 'without'} the static filter`,
    ...toTable([
      headings,
      ...measures.map((measure) => [
        ...[measure.fps, measure.truthBoxes].map(String),
        ...[measure.mota, measure.idf1, measure.hota, measure.detA, measure.assA].map(showShare),
        ...[measure.idSwitches, measure.fragmentations].map(String),
        ...[measure.falsePositives, measure.falseNegatives, measure.taken].map(String),
      ]),
    ]),
  ].join('\n');
