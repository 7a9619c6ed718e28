import type { ComponentChildren } from 'preact';
import { camerasById } from '../../../http/site.ts';
import { kindWord } from '../../../words/alert-terms.ts';
import { placeWords } from '../../../words/place-words.ts';
import { whenTold } from '../../../words/site-time.ts';
import { ownerOf } from '../list/alert-row.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Where, when, what, and with whom it is. */
export const AlertFactList = ({ alert }: { alert: QueueAlert }) => {
  const location = camerasById.value.get(alert.cameraId)?.location;
  return (
    <dl class="facts">
      <Fact name={word('place')}>{placeWords(alert.place)}</Fact>
      <Fact name={word('camera')}>{alert.cameraName}</Fact>
      <Fact name={word('raisedAt')}>{whenTold(alert.raisedAt)}</Fact>
      <Fact name={word('situation')}>
        {alert.endedAt === undefined ? word('going') : `${word('ended')} ${whenTold(alert.endedAt)}`}
      </Fact>
      <Fact name={word('scenario')}>
        {kindWord(alert.kind)} · {alert.scenarioName}
      </Fact>
      <Fact name={word('owner')}>{ownerOf(alert) ?? word('nobody')}</Fact>
      <Fact name={word('position')}>
        {location ? (
          <a href={`/map?camera=${alert.cameraId}`}>
            {location.longitude.toFixed(5)}, {location.latitude.toFixed(5)} · {word('onMap')}
          </a>
        ) : (
          word('noPosition')
        )}
      </Fact>
    </dl>
  );
};
