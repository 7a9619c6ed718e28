import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { camerasById } from '../http/site.ts';
import type { LiveTileProps } from '../live/live-tile.tsx';
import { StillPicture } from './still-picture.tsx';

type Tile = ComponentType<LiveTileProps>;

const usual: LiveTileProps['choice'] = { boxes: true, tails: false, zones: true };

export interface LiveSlotProps {
  cameraId: string;
  /** What is drawn over it. */
  choice?: LiveTileProps['choice'];
}

/** A camera as it is now: live, and until the player is there a still picture every two seconds, with its age. */
export const LiveSlot = ({ cameraId, choice = usual }: LiveSlotProps) => {
  const [LiveTile, setTile] = useState<Tile>();
  useEffect(() => {
    import('../live/live-tile.tsx').then(
      (player) => setTile(() => player.LiveTile),
      () => undefined, // the still picture stays
    );
  }, []);
  const camera = camerasById.value.get(cameraId);
  return LiveTile && camera ? (
    <div class="live-slot">
      <LiveTile camera={camera} choice={choice} />
    </div>
  ) : (
    <StillPicture cameraId={cameraId} />
  );
};
