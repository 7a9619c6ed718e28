import { useRef } from 'preact/hooks';
import type { CameraView } from '../../api/schema/camera-view.ts';
import { useAnswer } from '../http/use-answer.ts';
import { placeWords } from '../words/place-words.ts';
import type { OverlayChoice } from './draw-overlay.ts';
import { stateWords } from './state-words.ts';
import { useLive } from './use-live.ts';
import { useVisible } from './use-visible.ts';
import { word } from './words.ts';
import './live.css';

export interface LiveTileProps {
  camera: CameraView;
  choice: OverlayChoice;
}

const whyEveryMs = 2000;

/** A camera that has just died is asked why itself: of all cameras that is heard half a minute later. */
const useWhy = (camera: CameraView, isDead: boolean): CameraView => {
  const isAsked = isDead && (!camera.status?.cause || camera.status.state === 'live');
  const path = isAsked ? `/api/v1/cameras/${camera.id}` : undefined;
  const { answer } = useAnswer<CameraView>(path, { everyMs: whyEveryMs });
  return (answer?.status?.at ?? 0) > (camera.status?.at ?? 0) && answer ? answer : camera;
};

/** One camera live, with what was found in it. Streams only while somebody can see it. */
export const LiveTile = ({ camera, choice }: LiveTileProps) => {
  const tile = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const isVisible = useVisible(tile);
  const { state, tier, behindSeconds } = useLive(camera, isVisible, choice, { host, canvas });
  const told = stateWords(state, useWhy(camera, state.name === 'dead'));
  return (
    <figure ref={tile} class="live" data-state={state.name} data-camera={camera.id}>
      <div ref={host} class="live-picture" />
      <canvas ref={canvas} class="live-overlay" />
      {state.name !== 'live' && (
        <div class="live-state" role="status">
          <strong>{told.title}</strong>
          {told.more && <span>{told.more}</span>}
        </div>
      )}
      <figcaption>
        <span class="live-name">{camera.name}</span>
        <span class="live-place">{placeWords(camera.place)}</span>
        {state.name === 'live' && tier === 'dormant' && <span class="live-tier">{word('dormant')}</span>}
        {state.name === 'live' && behindSeconds > 0 && (
          <span class="live-mark late">{word('behind', { seconds: behindSeconds })}</span>
        )}
        {state.name === 'live' && behindSeconds === 0 && <span class="live-mark">{word('live')}</span>}
      </figcaption>
    </figure>
  );
};
