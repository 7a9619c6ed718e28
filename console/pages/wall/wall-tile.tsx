import { useRef } from 'preact/hooks';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import type { OverlayChoice } from '../../live/draw-overlay.ts';
import { LiveTile } from '../../live/live-tile.tsx';
import { word } from './words.ts';

export interface WallTileProps {
  number: number;
  camera: CameraView | undefined;
  cameras: readonly CameraView[];
  overlay: OverlayChoice;
  onPut(cameraId: string | null): void;
}

/** One place of the wall: Enter shows it on the whole screen, the list under it puts another camera there. */
export const WallTile = ({ number, camera, cameras, overlay, onPut }: WallTileProps) => {
  const tile = useRef<HTMLLIElement>(null);
  const enlarge = (): void => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else tile.current?.requestFullscreen().catch(() => undefined); // the browser may forbid it
  };
  const name = camera?.name ?? word('empty');
  return (
    <li ref={tile} class="wall-tile">
      {camera ? <LiveTile key={camera.id} camera={camera} choice={overlay} /> : <div class="wall-empty" />}
      <button
        type="button"
        class="wall-focus"
        aria-label={`${word('tileOf', { number, name })} ${word('large')}`}
        onClick={enlarge}
      />
      <select
        class="wall-put"
        aria-label={`${word('put')} ${number}`}
        value={camera?.id ?? ''}
        onChange={(event) => onPut(event.currentTarget.value || null)}
      >
        <option value="">{word('empty')}</option>
        {cameras.map(({ id, name: title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </li>
  );
};
