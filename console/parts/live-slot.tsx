import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { StillPicture } from './still-picture.tsx';

export interface LivePictureProps {
  cameraId: string;
}

/** The player, where this build has one. */
const players = import.meta.glob<{ LivePicture: ComponentType<LivePictureProps> }>(
  '../live/live-picture.tsx',
);

/** A camera as it is now: live where a player is there, else a still picture every two seconds with its age. */
export const LiveSlot = ({ cameraId }: LivePictureProps) => {
  const [Player, setPlayer] = useState<ComponentType<LivePictureProps>>();
  useEffect(() => {
    const [load] = Object.values(players);
    void load?.().then(
      ({ LivePicture }) => setPlayer(() => LivePicture),
      () => undefined,
    );
  }, []);
  return Player ? <Player cameraId={cameraId} /> : <StillPicture cameraId={cameraId} />;
};
