import type { Detection } from '../../core/schema/detection.ts';
import { toLabelGroup } from '../label-group.ts';
import { boxIou } from './box.ts';
import type { LiveTrack } from './live-track.ts';

/** Further than this from where it is expected (squared standard deviations) only overlap speaks for a pair. */
const gate = 5;
const overlapWithoutGate = 0.2;
/** Product of the ratios of widths and heights below which two boxes are not of one object. */
const leastLikeness = 0.4;
/** Time over which a guessed motion loses its weight. */
const doubtMemoryMs = 1_500;

/**
 * How likely a detection is the track's object, from 0 (impossible) to 1: half by overlap with the expected box,
 * half by distance from the expected centre in standard deviations, weighed by likeness of size and by how long
 * the motion has been guesswork. At 2–3 fps a walker's boxes of two frames hardly overlap: overlap alone would
 * lose them, distance alone would swap those who walk together. The constants are the middle of a plateau on
 * PETS09-S2L1 at 10, 5, 3.3, 2.5 and 1 fps.
 */
export const affinityOf = (track: LiveTrack, { label, box }: Detection): number => {
  if (toLabelGroup(label) !== track.group) return 0;
  const { expected } = track;
  const likeness =
    (Math.min(expected.w, box.w) / Math.max(expected.w, box.w)) *
    (Math.min(expected.h, box.h) / Math.max(expected.h, box.h));
  const overlap = boxIou(expected, box);
  const distance = track.distanceSquared(box);
  if (likeness < leastLikeness || (distance > gate && overlap < overlapWithoutGate)) return 0;
  const nearness = Math.exp(-distance / 2) * likeness * Math.exp(-track.doubtMs / doubtMemoryMs);
  return (overlap + nearness) / 2;
};
