import type { CameraView } from '../../../../api/schema/camera-view.ts';
import { may } from '../../../http/session-state.ts';
import { useAnswer } from '../../../http/use-answer.ts';
import { causeWord } from '../../../live/words.ts';
import { now, whenTold } from '../../../words/site-time.ts';
import { word } from '../words.ts';
import { darkOf } from './dark-of.ts';

const shownAtMost = 2;

/** Which cameras give no picture now: from where nothing comes no alert can come either. */
export const DarkCameras = () => {
  const path = may('cameras.read') ? '/api/v1/cameras' : undefined;
  const query = { state: 'lost', limit: 1000 };
  const { answer, failure } = useAnswer<{ items: CameraView[] }>(path, { query, everyMs: 2000 });
  const dark = darkOf(answer?.items ?? [], now.value);
  const more = dark.length - shownAtMost;
  return (
    <div role="status">
      {answer === undefined && failure !== undefined && (
        <ul class="dark-cameras">
          <li>{word('darkUnknown')}</li>
        </ul>
      )}
      {dark.length > 0 && (
        <ul class="dark-cameras">
          {dark.slice(0, shownAtMost).map((camera) => (
            <li key={camera.id}>
              <a href={`/cameras?section=cameras&id=${camera.id}`}>{camera.name}</a> {sayDark(camera)}
            </li>
          ))}
          {more > 0 && (
            <li>
              <a href="/cameras">{word('darkMore', { count: more })}</a>
            </li>
          )}
        </ul>
      )}
    </div>
  );
};

const sayDark = ({ status }: CameraView): string => {
  const since = status ? whenTold(status.since) : '–';
  return status?.cause
    ? word('darkWhy', { since, why: causeWord(status.cause) })
    : word('darkSince', { since });
};
