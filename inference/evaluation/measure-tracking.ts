import type { Detection } from '../../core/schema/detection.ts';
import type { Label } from '../../core/schema/label.ts';
import { createStaticFilter, type StaticFilter } from '../static/static-filter.ts';
import { trackSifted } from '../static/track-sifted.ts';
import { toPresent } from '../track/presence.ts';
import { createTracker } from '../track/tracker.ts';
import { type Truth, truthOf } from './mot-truth.ts';
import { scoreTracking, type TrackingScore } from './score-tracking.ts';
import { toScoredFrame } from './to-scored-frame.ts';

/** What the detector found in one picture of a sequence. */
export interface Look {
  /** Of the picture in the sequence, from 0: that of its truth. */
  index: number;
  atMs: number;
  detections: readonly Detection[];
}

export interface TrackingOptions {
  /** The kind of object that the truth is about. */
  label: Label;
  /** Of the model's card. */
  confidentScore: number;
  /** Whether the static filter stands before the tracker, as in the program. */
  isSifted: boolean;
}

export interface TrackingMeasure extends TrackingScore {
  /** Pictures that were looked at. */
  looks: number;
  /** Weak boxes that the static filter took out. */
  taken: number;
}

/** Takes out nothing. */
const noFilter: StaticFilter = {
  sift: (detections) => detections,
  learn: () => undefined,
  spots: () => [],
};

/**
 * Follows what a detector found, as the program does, and scores in each picture the objects believed to be in it. No
 * picture changes what is said of an earlier one. Pictures beyond the truth are to be left out by the caller.
 */
export const measureTracking = (
  looks: readonly Look[],
  truth: Truth,
  { label, confidentScore, isSifted }: TrackingOptions,
): TrackingMeasure => {
  const statics = isSifted ? createStaticFilter({ confidentScore }) : noFilter;
  const tracker = createTracker({ cameraId: 'measured', place: '0', confidentScore });
  let taken = 0;
  const frames = looks.map(({ index, atMs, detections }) => {
    const update = trackSifted({ statics, tracker }, detections, atMs);
    taken += update.taken;
    const said = toPresent(update)
      .filter((track) => track.label === label)
      .map(({ trackId, box }) => ({ id: trackId, box }));
    return toScoredFrame(truthOf(truth, index), said);
  });
  return { ...scoreTracking(frames), looks: looks.length, taken };
};
