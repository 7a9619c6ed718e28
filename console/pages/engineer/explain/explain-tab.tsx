import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Explanation } from '../../../../core/schema/explanation.ts';
import { may } from '../../../http/session-state.ts';
import { askedCameras, cameras } from '../../../http/site.ts';
import { useAnswer } from '../../../http/use-answer.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Field } from '../../../parts/field.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Empty } from '../../../parts/states.tsx';
import { placeWords } from '../../../words/place-words.ts';
import { word } from '../words.ts';
import { DebugPicture } from './debug-picture.tsx';
import { ExplainedNow } from './explained-now.tsx';
import { MinutePanel } from './minute-panel.tsx';
import { ScenarioPanel } from './scenario-panel.tsx';

/** What a camera did in the last minutes, what it cost, and what each of its scenarios lacks; as it is now. */
export const ExplainTab = () => {
  const { query } = useLocation();
  const all = cameras.value;
  const [own, setOwn] = useState(query['camera']);
  const cameraId = own ?? all[0]?.id;
  const path = cameraId === undefined ? undefined : `/api/v1/cameras/${cameraId}/explanation`;
  const asked = useAnswer<Explanation>(path, { everyMs: 5000 });
  if (cameraId === undefined)
    return (
      <Answered asked={askedCameras.value}>{() => <Empty icon="camera" title={word('noCamera')} />}</Answered>
    );
  return (
    <>
      <Panel title={word('explain')}>
        <Field label={word('camera')}>
          <select value={cameraId} onChange={({ currentTarget: { value } }) => setOwn(value)}>
            {all.map(({ id, name, place }) => (
              <option key={id} value={id}>
                {placeWords(place)} {name} ({id})
              </option>
            ))}
          </select>
        </Field>
      </Panel>
      <div class="panels">
        <Panel title={word('now')}>
          <Answered asked={asked}>{(explanation) => <ExplainedNow explanation={explanation} />}</Answered>
        </Panel>
        {may('live.read') && <DebugPicture cameraId={cameraId} />}
      </div>
      {asked.answer && <ScenarioPanel explanation={asked.answer} />}
      {asked.answer && <MinutePanel explanation={asked.answer} />}
    </>
  );
};
