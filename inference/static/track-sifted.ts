import type { Detection } from '../../core/schema/detection.ts';
import type { Tracker, TrackUpdate } from '../../core/stages.ts';
import type { StaticFilter } from './static-filter.ts';

/** What looks at one camera's detections over time. */
export interface CameraTracking {
  statics: StaticFilter;
  tracker: Tracker;
}

/** Takes a frame's detections through static filter and tracker; `taken` is how many the filter took out. */
export const trackSifted = (
  { statics, tracker }: CameraTracking,
  detections: readonly Detection[],
  capturedAt: number,
): TrackUpdate & { taken: number } => {
  const sifted = statics.sift(detections);
  const update = tracker.update(sifted, capturedAt);
  statics.learn(detections, update);
  return { taken: detections.length - sifted.length, ...update };
};
