import { type FoundSituation, type ScenarioScores, scoreScenarios } from '../../alerts/index.ts';
import { runtimeError } from '../../core/runtime/errors.ts';
import { type Invocation, textOption } from '../command.ts';
import { withClip, withModelDetector } from '../replay/open-replay.ts';
import { replayClip } from '../replay/replay-clip.ts';
import { parseRate, type ReplayRequest, readReplayRequest, replayOptions } from '../replay/replay-options.ts';
import { ReplayedCamera } from '../replay/replayed-camera.ts';
import type { EvalAction } from './eval-action.ts';
import { FoundSituations } from './found-situations.ts';
import { readTruth } from './read-truth.ts';
import { showSeconds, showShare, toTable } from './table.ts';

/** What a track's first looks and the last ones before it is given up may cost. */
const defaultTolerance = '2';
const maxToleranceSeconds = 3600;

/** `eval scenarios`: what a clip's alerts are worth, against a file of what really went on. */
export const scenariosAction: EvalAction = {
  summary: 'precision, recall and time to alert of scenarios over a clip',
  arguments: 'CLIP',
  options: new Map([
    ...replayOptions,
    ['truth', { type: 'string', placeholder: 'FILE', help: 'what really went on (JSON)' }],
    [
      'tolerance',
      {
        type: 'string',
        placeholder: 'SECONDS',
        help: `how far from a true situation its alert may lie (default ${defaultTolerance})`,
      },
    ],
  ]),
  run: async ([clip], invocation) => {
    const request = await readReplayRequest('eval scenarios', clip, invocation);
    const file = textOption(invocation.values, 'truth');
    if (file === undefined) throw runtimeError('usage-invalid', 'against which truth? add --truth FILE');
    const tolerance = textOption(invocation.values, 'tolerance') ?? defaultTolerance;
    const toleranceMs = 1000 * parseRate(tolerance, '--tolerance', maxToleranceSeconds);
    const truths = await readTruth(file);
    const { modelId, found, watched } = await watch(request, invocation);
    const named = [...truths.map(({ scenarioId }) => scenarioId), ...request.scenarios.map(({ id }) => id)];
    const unwatched = [...new Set(named)].filter((id) => !watched.includes(id));
    const scores = scoreScenarios(watched, truths, found, toleranceMs);
    invocation.print({ modelId, ...scores, unwatched }, describe(modelId, scores, unwatched));
    return 0;
  },
};

/** What a clip's scenarios found, and which of them watch it at all. */
interface Watched {
  modelId: string;
  found: FoundSituation[];
  watched: string[];
}

const watch = (request: ReplayRequest, invocation: Invocation): Promise<Watched> =>
  withModelDetector(invocation, request.modelId, async ({ card, detector }, signal) => {
    const { clip, startAt, fps } = request;
    const situations = new FoundSituations(startAt);
    const replayed = new ReplayedCamera({
      ...{ ...request, card, log: invocation.log },
      onEvent: (event) => situations.note(event),
    });
    const onLook = replayed.look.bind(replayed);
    const { lengthMs } = await withClip(clip, card, (reader) =>
      replayClip({ reader, detector, fps, onLook, signal }),
    );
    signal.throwIfAborted(); // half a clip has half the truth
    const watched = replayed.explain().map(({ scenarioId }) => scenarioId);
    return { modelId: card.id, found: situations.all(lengthMs), watched };
  });

const headings = [
  ...['scenario', 'true', 'alerts', 'found', 'missed', 'repeats', 'false'],
  ...['precision', 'recall', 'F1', 'alerts/true', 'delay s', 'max s'],
];

const describe = (
  modelId: string,
  { scenarios, total }: ScenarioScores,
  unwatched: readonly string[],
): string =>
  [
    modelId,
    ...toTable([
      headings,
      ...[...scenarios, { scenarioId: 'all', ...total }].map((score) => [
        score.scenarioId,
        ...[score.situations, score.alerts, score.found, score.missed, score.repeats, score.falseAlerts].map(
          String,
        ),
        ...[score.precision, score.recall, score.f1, score.alertsPerSituation].map(showShare),
        ...[score.delayMeanMs, score.delayMaxMs].map(showSeconds),
      ]),
    ]),
    ...(unwatched.length > 0 ? [`left out, for nothing watches them: ${unwatched.join(', ')}`] : []),
  ].join('\n');
