import { useState } from 'preact/hooks';
import type { OpenAlertView } from '../../../../api/schema/open-alert-view.ts';
import { may } from '../../../http/session-state.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Button, IconButton } from '../../../parts/button.tsx';
import { LiveSlot } from '../../../parts/live-slot.tsx';
import { StillPicture } from '../../../parts/still-picture.tsx';
import { kindWord, severityWord } from '../../../words/alert-terms.ts';
import { placeWords } from '../../../words/place-words.ts';
import { whenTold } from '../../../words/site-time.ts';
import { loadMap } from '../follow-map.ts';
import { fromMap } from '../ground/shift.ts';
import { chosen, failures, openAlerts, view } from '../map-state.ts';
import { word } from '../words.ts';
import { SpotSign } from './spot-sign.tsx';
import type { Spot } from './spots.ts';

/** Everything about what was pressed. */
export const SpotCard = ({ spot }: { spot: Spot }) => (
  <aside class="map-card" aria-label={spot.name}>
    <header class="map-card-head">
      <SpotSign spot={spot} />
      <h2 class="grow">{spot.name}</h2>
      <IconButton
        icon="close"
        label={word('close')}
        onClick={() => {
          chosen.value = undefined;
        }}
      />
    </header>
    <div class="map-card-body">
      {spot.kind === 'camera' && <Picture key={spot.id} cameraId={spot.id} />}
      <p>
        {spot.condition ? word(spot.condition) : word(spot.kind)} · {placeWords(spot.place)}
      </p>
      <p class="muted">{positionWords(spot)}</p>
      {spot.kind === 'camera' && <Alerts cameraId={spot.id} />}
    </div>
  </aside>
);

const positionWords = ({ at }: Spot): string => {
  if (!at) return word('notDrawn');
  const [longitude, latitude] = fromMap(at, view.value?.tiles?.coordinates ?? 'wgs84');
  return `${word('at')} ${longitude.toFixed(5)}, ${latitude.toFixed(5)}`;
};

const Picture = ({ cameraId }: { cameraId: string }) => {
  const [isLive, setLive] = useState(false);
  if (!may('live.read')) return <p class="muted">{word('noLiveRight')}</p>;
  return (
    <>
      {isLive ? <LiveSlot cameraId={cameraId} /> : <StillPicture cameraId={cameraId} />}
      <div class="row">
        <Button icon="camera" onClick={() => setLive(!isLive)}>
          {word(isLive ? 'still' : 'live')}
        </Button>
        <a class="button" href="/wall">
          {word('wall')}
        </a>
      </div>
    </>
  );
};

const Alerts = ({ cameraId }: { cameraId: string }) => {
  if (!may('alerts.read')) return <p class="muted">{word('noAlertsRight')}</p>;
  const asked = { answer: openAlerts.value, failure: failures.value.alerts, again: loadMap };
  return (
    <Answered asked={asked}>
      {(all) => <Own own={all.filter((alert) => alert.cameraId === cameraId)} />}
    </Answered>
  );
};

const Own = ({ own }: { own: readonly OpenAlertView[] }) => {
  if (own.length === 0) return <p class="muted">{word('noAlerts')}</p>;
  return (
    <section class="stack">
      <h3>
        {word('openAlerts')} {own.length}
      </h3>
      <ul class="map-alerts">
        {own.slice(0, 50).map(({ alertId, kind, severity, raisedAt }) => (
          <li key={alertId}>
            <a href={`/?alert=${alertId}`}>
              <Badge tone={severity}>{severityWord(severity)}</Badge> {kindWord(kind)} · {whenTold(raisedAt)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
