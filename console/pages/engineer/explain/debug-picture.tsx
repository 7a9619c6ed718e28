import { useState } from 'preact/hooks';
import { lazy } from 'preact-iso';
import { askedCameras, camerasById } from '../../../http/site.ts';
import type { OverlayChoice } from '../../../live/draw-overlay.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Empty } from '../../../parts/states.tsx';
import { word } from '../words.ts';

const LiveTile = lazy(() => import('../../../live/live-tile.tsx').then((player) => player.LiveTile));
const layers = ['boxes', 'tails', 'zones'] as const;

/** The camera live, with what the program makes of it drawn over the picture. */
export const DebugPicture = ({ cameraId }: { cameraId: string }) => {
  const [choice, setChoice] = useState<OverlayChoice>({ boxes: true, tails: true, zones: true });
  const camera = camerasById.value.get(cameraId);
  const toggles = layers.map((layer) => (
    <Button
      key={layer}
      isPressed={choice[layer]}
      onClick={() => setChoice({ ...choice, [layer]: !choice[layer] })}
    >
      {word(layer)}
    </Button>
  ));
  return (
    <Panel title={word('overlay')} aside={toggles}>
      {camera ? (
        <div class="live-slot">
          <LiveTile key={cameraId} {...{ camera, choice }} />
        </div>
      ) : (
        <Answered asked={askedCameras.value}>
          {() => <Empty icon="camera" title={word('cameraGone')} />}
        </Answered>
      )}
    </Panel>
  );
};
