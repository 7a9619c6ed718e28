import { wordsOf } from '../../../../core/explanation/words.ts';
import type { Explanation } from '../../../../core/schema/explanation.ts';
import { lostSince } from '../../../http/site.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { language } from '../../../words/language.ts';
import { now } from '../../../words/site-time.ts';
import { saySpan } from '../../../words/span.ts';
import { word } from '../words.ts';

/** What it was is not what it is while the site cannot be reached. */
const State = ({ state }: Pick<Explanation['status'], 'state'>) =>
  lostSince.value === undefined ? (
    <Badge tone={state === 'live' ? 'good' : 'bad'}>{wordsOf(language.value).cameraStates[state]}</Badge>
  ) : (
    <Badge>{word('stateUnknown')}</Badge>
  );

/** Why there is an alert or none, and what was seen last. */
export const ExplainedNow = ({ explanation }: { explanation: Explanation }) => {
  const { verdict, status, workerId, modelId, lookedAt, lastDetection, lastTrack } = explanation;
  const words = wordsOf(language.value);
  const ago = (at: number | undefined): string =>
    at === undefined ? '–' : word('ago', { span: saySpan(now.value - at) });
  return (
    <div class="stack">
      <p class="verdict">{words.verdict(verdict, status)}</p>
      <p class="row">
        <State state={status.state} />
        <Badge tone={status.tier === 'awake' ? 'low' : 'plain'}>{words.tiers[status.tier]}</Badge>
        {status.degraded && <Badge tone="warn">{word(`degraded-${status.degraded.to}`)}</Badge>}
        {status.picture && <Badge tone="warn">{words.conditions[status.picture.condition]}</Badge>}
      </p>
      <Facts
        facts={[
          [
            word('stream'),
            word('streamOf', {
              width: status.width ?? 0,
              height: status.height ?? 0,
              codec: status.codec ?? '–',
              fps: status.streamFps.toFixed(1),
            }),
          ],
          [word('looks'), word('perSecond', { count: status.detectFps.toFixed(1) })],
          [word('cost'), word('cores', { count: status.costCores.toFixed(3) })],
          [word('lookedAt'), ago(lookedAt)],
          [
            word('lastDetection'),
            lastDetection
              ? `${words.labels[lastDetection.label]} ${lastDetection.score.toFixed(2)} · ${ago(lastDetection.at)}`
              : '–',
          ],
          [
            word('lastTrack'),
            lastTrack
              ? `${words.labels[lastTrack.label]} ${saySpan(lastTrack.seenAt - lastTrack.startedAt)}${lastTrack.isConfirmed ? '' : word('unconfirmed')}`
              : '–',
          ],
          [word('worker'), workerId],
          [word('model'), modelId],
        ]}
      />
    </div>
  );
};
