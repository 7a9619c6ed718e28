import type { PlaceCategory, Zone } from '../../core/schema/camera.ts';
import type { Scenario } from '../../core/schema/scenario.ts';

/** A piece of the footage itself, in seconds of the footage. */
export interface LiveStretch {
  kind: 'live';
  fromSeconds: number;
  toSeconds: number;
  /** Stands still this long before it starts, where the view is empty for less than a cross-fade. */
  holdSeconds?: number;
}

/** The same view with nobody in it. */
export interface EmptyStretch {
  kind: 'empty';
  seconds: number;
}

export type Stretch = LiveStretch | EmptyStretch;

/** Left, top, width and height in pixels of the 768×576 footage; all even, as 4:2:0 wants. */
export interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

type WithoutCameras<Kind> = Kind extends unknown ? Omit<Kind, 'cameras'> : never;

/** A scenario that this camera's clip is made for; `cameras` is filled in by whoever writes the site. */
export type SuggestedScenario = WithoutCameras<Scenario>;

/** How one simulated camera's clip is cut from the footage, and what there is to watch in it. */
export interface CameraRecipe {
  id: string;
  name: { zh: string; en: string };
  category: PlaceCategory;
  /** Id of the camera in whose village it stands; without it in one of its own. */
  beside?: string;
  crop: Crop;
  picture: { width: number; height: number };
  /** Begins and ends with an empty stretch, so that the loop's cut shows nobody. */
  stretches: readonly Stretch[];
  zones: readonly Zone[];
  scenarios: readonly SuggestedScenario[];
}

/** Neighbouring stretches are dissolved into each other this long. */
export const crossFadeSeconds = 1;

export const stretchSeconds = (stretch: Stretch): number =>
  stretch.kind === 'empty'
    ? stretch.seconds
    : stretch.toSeconds - stretch.fromSeconds + (stretch.holdSeconds ?? 0);

/** Length of one round of the clip. */
export const clipSeconds = (
  { stretches }: Pick<CameraRecipe, 'stretches'>,
  fadeSeconds = crossFadeSeconds,
): number =>
  stretches.reduce((sum, stretch) => sum + stretchSeconds(stretch), 0) - fadeSeconds * (stretches.length - 1);
