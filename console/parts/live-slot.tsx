import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { camerasById } from '../http/site.ts';
import type { LiveTileProps } from '../live/live-tile.tsx';
import { StillPicture } from './still-picture.tsx';

type Tile = ComponentType<LiveTileProps>;

const choice = { boxes: true, tails: false, zones: true } as const;

/** A camera as it is now: live, and until the player is there a still picture every two seconds, with its age. */
export const LiveSlot = ({ cameraId }: { cameraId: string }) => {
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
