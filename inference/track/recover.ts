import type { Detection } from '../../core/schema/detection.ts';
import type { Box } from '../../core/schema/geometry.ts';
import { type LabelGroup, toLabelGroup } from '../label-group.ts';
import { assign } from './assignment.ts';
import type { Association } from './associate.ts';
import { sizeLikeness } from './box.ts';
import type { LiveTrack } from './live-track.ts';
import { paceOf } from './pace.ts';

/** Lost for longer than this, somebody who comes out again is as likely somebody else. */
const longestLostMs = 2_000;
/** Product of the ratios of widths and heights: stricter than from frame to frame, where place says more. */
const leastLikeness = 0.6;
/** A box is drawn off its place by up to half of itself when something begins to hide it. */
const halfBox = 0.5;

/** How well within reach of `from` a box is after `seconds` at the group's usual pace: 1 at once, 0 out of reach. */
const nearnessOf = (from: Box, box: Box, group: LabelGroup, seconds: number): number => {
  const { across, along } = paceOf(group);
  const dx = Math.abs(box.x + box.w / 2 - from.x - from.w / 2) / from.w;
  const dy = Math.abs(box.y + box.h / 2 - from.y - from.h / 2) / from.h;
  return 1 - Math.max(dx / (halfBox + across * seconds), dy / (halfBox + along * seconds));
};

/** How likely it is that the lost track's object shows itself again in this box. */
const returnOf = (track: LiveTrack, { label, box }: Detection): number => {
  if (toLabelGroup(label) !== track.group || sizeLikeness(track.lastBox, box) < leastLikeness) return 0;
  const seconds = track.doubtMs / 1000;
  const nearness = [track.lastBox, track.expected].map((from) => nearnessOf(from, box, track.group, seconds));
  return Math.max(0, ...nearness);
};

/**
 * Gives what would start new tracks to those that were lost not long ago within reach, before it does: behind a lamp
 * post or in a group, somebody may have turned or stopped, so that the motion of before leads astray.
 */
export const recover = (
  { pairs, missed, fresh }: Association,
  isStarting: (detection: Detection) => boolean,
): Association => {
  const lost = missed.filter(
    (track) => track.isConfirmed && track.lostMs > 0 && track.doubtMs <= longestLostMs,
  );
  if (lost.length === 0) return { pairs, missed, fresh };
  const starting = fresh.filter(isStarting);
  const table = lost.map((track) => starting.map((detection) => returnOf(track, detection)));
  const found = assign(lost.length, starting.length, (row, column) => table[row]?.[column] ?? 0).flatMap(
    ([row, column]): [LiveTrack, Detection][] => {
      const [track, detection] = [lost[row], starting[column]];
      return track && detection ? [[track, detection]] : [];
    },
  );
  const taken = new Set<LiveTrack | Detection>(found.flat());
  return {
    pairs: [...pairs, ...found],
    missed: missed.filter((track) => !taken.has(track)),
    fresh: fresh.filter((detection) => !taken.has(detection)),
  };
};
