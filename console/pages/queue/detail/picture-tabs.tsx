import { useState } from 'preact/hooks';
import { may } from '../../../http/session-state.ts';
import { askedCameras, cameras } from '../../../http/site.ts';
import { Answered } from '../../../parts/answered.tsx';
import { LiveSlot } from '../../../parts/live-slot.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';
import { Clip, Snapshot } from './media.tsx';
import { neighboursOf } from './neighbours.ts';

const tabs = ['snapshot', 'clip', 'live', 'nearby'] as const;
type Tab = (typeof tabs)[number];

/** What there is to see of an alert. */
export const PictureTabs = ({ alert }: { alert: QueueAlert }) => {
  const [tab, setTab] = useState<Tab>('snapshot');
  return (
    <section class="pictures">
      <div class="tabs" role="tablist">
        {tabs.map((one) => (
          <button
            key={one}
            id={`tab-${one}`}
            type="button"
            role="tab"
            aria-selected={one === tab}
            aria-controls="tab-panel"
            onClick={() => setTab(one)}
          >
            {word(one)}
          </button>
        ))}
      </div>
      <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <Panel tab={tab} alert={alert} />
      </div>
    </section>
  );
};

const Panel = ({ tab, alert }: { tab: Tab; alert: QueueAlert }) => {
  if (tab === 'snapshot') return <Snapshot alert={alert} />;
  if (tab === 'clip') return <Clip alert={alert} />;
  if (!may('live.read')) return <p class="media-note">{word('noLiveRight')}</p>;
  if (tab === 'live') return <LiveSlot cameraId={alert.cameraId} />;
  const near = neighboursOf(alert.cameraId, cameras.value);
  if (near.length === 0)
    return (
      <Answered asked={askedCameras.value}>{() => <p class="media-note">{word('noneNearby')}</p>}</Answered>
    );
  return (
    <div class="nearby">
      {near.map(({ id }) => (
        <LiveSlot key={id} cameraId={id} />
      ))}
    </div>
  );
};
