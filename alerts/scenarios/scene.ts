import type { ObservedFrame, Track } from '../../core/stages.ts';

/** One look at what a camera sees. */
export interface Scene {
  /** Milliseconds on the camera's own time line, which never goes back; see `SceneTime`. */
  now: number;
  /** Time since the look before; 0 at the first. */
  gapMs: number;
  /** So much was missed before this look that something seen before may have been something else. */
  isBroken: boolean;
  /** The tracker has only just begun again: that something is not seen yet means nothing. */
  isSettling: boolean;
  frame: ObservedFrame;
  /** Tracks that were matched in this very frame and whose boxes are sound, confirmed or not. */
  tracks: readonly Track[];
}

/** The capture time of a moment on the scene's time line, by the clock that the present frame carries. */
export const capturedAtOf = ({ frame, now }: Scene, moment: number): number =>
  Math.max(0, Math.round(frame.capturedAt - (now - moment)));
