import type { CameraRecipe } from '../../deploy/demo/camera-recipe.ts';
import type { VideoCodec } from '../simulator/access-unit.ts';

export type Light = 'day' | 'night';

/** How a view's stream is coded. */
export interface Coding {
  codec: VideoCodec;
  gopSeconds: number;
  kbitPerSecond: number;
}

/** Seconds of the footage in which something happens in the view. */
export type LiveWindow = readonly [fromSeconds: number, toSeconds: number];

/** What a simulated camera looks at: one quiet reel, and one reel for each thing that happens there. */
export interface View
  extends Pick<CameraRecipe, 'id' | 'category' | 'crop' | 'picture' | 'zones' | 'scenarios'> {
  light: Light;
  coding: Coding;
  windows: readonly LiveWindow[];
  /** `brief`: what happens is over within one GOP. */
  pace: 'usual' | 'brief';
}

/** A clip of a view as the simulator plays it, with nobody in it at either end. */
export interface ReelRecipe {
  id: string;
  view: View;
  /** Nothing in the quiet reel. */
  window: LiveWindow | undefined;
  /** Whole GOPs. */
  frames: number;
}
