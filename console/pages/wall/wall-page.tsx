import { useRef, useState } from 'preact/hooks';
import { signedIn } from '../../http/session-state.ts';
import { askedCameras, cameras } from '../../http/site.ts';
import type { OverlayChoice } from '../../live/draw-overlay.ts';
import { Answered } from '../../parts/answered.tsx';
import { Empty } from '../../parts/states.tsx';
import { LeftLayouts } from './layouts/layout-bar.tsx';
import { useLayouts } from './layouts/use-layouts.ts';
import { useWall } from './use-wall.ts';
import { WallBar } from './wall-bar.tsx';
import { WallTile } from './wall-tile.tsx';
import { word } from './words.ts';
import './wall.css';

/** Steps of the arrow keys through a grid of so many columns. */
const steps = (columns: number): Readonly<Record<string, number>> => ({
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -columns,
  ArrowDown: columns,
});

/** Cameras live, as many as the grid has tiles. */
export const WallPage = () => {
  const all = cameras.value;
  const userId = signedIn.value?.id ?? 'local';
  const wall = useWall(userId, all);
  const own = useLayouts(userId);
  const [overlay, setOverlay] = useState<OverlayChoice>({ boxes: true, tails: true, zones: true });
  const grid = useRef<HTMLUListElement>(null);
  const columns = Math.sqrt(wall.size);
  const move = (event: KeyboardEvent): void => {
    const step = steps(columns)[event.key];
    if (step === undefined || event.target instanceof HTMLSelectElement) return;
    const tiles = [...(grid.current?.querySelectorAll<HTMLElement>('.wall-focus') ?? [])];
    const target = tiles[tiles.indexOf(document.activeElement as HTMLElement) + step];
    if (!target) return;
    event.preventDefault();
    target.focus();
  };
  if (!askedCameras.value.answer) return <Answered asked={askedCameras.value}>{() => null}</Answered>;
  if (all.length === 0) return <Empty icon="wall" title={word('none')} />;
  const places = [...new Set(all.map(({ place }) => place))].sort();
  return (
    <section class="wall" aria-label={word('title')}>
      <WallBar wall={wall} own={own} places={places} overlay={overlay} onOverlay={setOverlay} />
      <LeftLayouts own={own} />
      <ul ref={grid} class="wall-grid" data-size={wall.size} onKeyDown={move}>
        {Array.from({ length: wall.size }, (_, index) => (
          <WallTile
            key={index}
            number={index + 1}
            camera={wall.cameras[index]}
            cameras={all}
            overlay={overlay}
            onPut={(cameraId) => wall.put(index, cameraId)}
          />
        ))}
      </ul>
    </section>
  );
};
