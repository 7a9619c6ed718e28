import type { Detection } from '../../core/schema/detection.ts';
import { toLabelGroup } from '../label-group.ts';
import { boxIou, sizeLikeness } from './box.ts';
import type { LiveTrack } from './live-track.ts';

/** Further than this from where it is expected (squared standard deviations) only overlap speaks for a pair. */
const gate = 5;
const overlapWithoutGate = 0.2;
/** Product of the ratios of widths and heights below which two boxes are not of one object. */
const leastLikeness = 0.4;
/** Time over which a guessed motion loses its weight. */
const doubtMemoryMs = 2_000;
/** How much of the affinity is by overlap; the rest is by distance. */
const overlapShare = 0.4;

/**
 * How likely a detection is the track's object, from 0 (impossible) to 1: by overlap with the expected box, and by
 * distance from the expected centre in standard deviations, weighed by likeness of size and by how long the motion
 * has been guesswork. At 2–3 fps a walker's boxes of two frames hardly overlap: overlap alone would
 * lose them, distance alone would swap those who walk together. The constants are the middle of a plateau on
 * PETS09-S2L1 at 10, 5 and 2.5 fps with YOLOX-nano at three sizes of input.
 */
export const affinityOf = (track: LiveTrack, { label, box }: Detection): number => {
  if (toLabelGroup(label) !== track.group) return 0;
  const { expected } = track;
  const likeness = sizeLikeness(expected, box);
  const overlap = boxIou(expected, box);
  const distance = track.distanceSquared(box);
  if (likeness < leastLikeness || (distance > gate && overlap < overlapWithoutGate)) return 0;
  const nearness = Math.exp(-distance / 2) * likeness * Math.exp(-track.doubtMs / doubtMemoryMs);
  return overlapShare * overlap + (1 - overlapShare) * nearness;
};
