import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CameraView } from '../../api/schema/camera-view.ts';
import type { Tier } from '../../core/schema/health.ts';
import { labelWord } from '../words/alert-terms.ts';
import { clockOffsetMs } from '../words/site-time.ts';
import { drawOverlay, type OverlayChoice } from './draw-overlay.ts';
import { LivePlayer } from './live-player.ts';
import type { LiveState } from './live-state.ts';

export interface Live {
  state: LiveState;
  tier: Tier | undefined;
  /** How old the picture is that is shown, in whole seconds, once that is more than it should be; 0 otherwise. */
  behindSeconds: number;
}

const resting: Live = { state: { name: 'resting' }, tier: undefined, behindSeconds: 0 };
/** Of an older picture is said how old it is. */
const freshMs = 2000;

export interface LiveElements {
  host: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
}

/** Plays a camera in the elements while it `isWanted`, and draws over each picture what was found in it. */
export const useLive = (
  camera: CameraView,
  isWanted: boolean,
  choice: OverlayChoice,
  { host, canvas }: LiveElements,
): Live => {
  const [live, setLive] = useState(resting);
  const player = useRef<LivePlayer | undefined>(undefined);
  const latest = useRef({ camera, choice });
  latest.current = { camera, choice };
  useEffect(() => {
    const element = host.current;
    if (!isWanted || !element) return;
    const opened = new LivePlayer(camera.id, element, {
      onState: (state) => {
        setLive((now) => ({ ...now, state, behindSeconds: 0 }));
        if (state.name !== 'live') clear(canvas.current);
      },
      onTier: (tier) => setLive((now) => ({ ...now, tier })),
      onShown: (mediaSeconds, capturedAt) => {
        const tracks = opened.overlay.at(mediaSeconds);
        draw(canvas.current, element, { ...latest.current, tracks });
        // For who measures: when the picture was captured, and how old it is now.
        element.dataset['capturedAt'] = String(Math.round(capturedAt));
        const ageMs = Date.now() + clockOffsetMs.peek() - capturedAt;
        element.dataset['ageMs'] = String(Math.round(ageMs));
        const behindSeconds = ageMs < freshMs ? 0 : Math.floor(ageMs / 1000);
        setLive((now) => (now.behindSeconds === behindSeconds ? now : { ...now, behindSeconds }));
      },
    });
    player.current = opened;
    return () => {
      opened.close();
      player.current = undefined;
      clear(canvas.current);
      setLive(resting);
    };
  }, [camera.id, isWanted]);
  useEffect(() => {
    if (camera.state === 'live') player.current?.wake();
  }, [camera.state]);
  return live;
};

const clear = (canvas: HTMLCanvasElement | null): void => {
  canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
};

interface Scene {
  camera: CameraView;
  choice: OverlayChoice;
  tracks: Parameters<typeof drawOverlay>[1]['tracks'];
}

/** The canvas lies over the picture as it is shown, which leaves margins where the tile has another shape. */
const draw = (
  canvas: HTMLCanvasElement | null,
  host: HTMLElement,
  { camera, choice, tracks }: Scene,
): void => {
  const context = canvas?.getContext('2d');
  const shown = host.firstElementChild;
  if (!canvas || !context || !shown) return;
  const size =
    shown instanceof HTMLVideoElement
      ? [shown.videoWidth, shown.videoHeight]
      : [Number(shown.getAttribute('width')), Number(shown.getAttribute('height'))];
  const [width = 0, height = 0] = size;
  if (width === 0 || height === 0) return;
  const scale = Math.min(host.clientWidth / width, host.clientHeight / height);
  const [across, along] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== across || canvas.height !== along) {
    canvas.width = across;
    canvas.height = along;
  }
  drawOverlay(
    context,
    { tracks, zones: camera.zones ?? [], labelOf: (label) => labelWord(label as never) },
    choice,
  );
};
