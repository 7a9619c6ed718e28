import type { Box } from '../../core/schema/geometry.ts';
import { footPoint } from './geometry.ts';
import type { Scene } from './scene.ts';

/** How far beside and before a vehicle somebody belongs to it, in its widths and heights: a step or two. */
const besideWidths = 0.4;
const beforeHeights = 0.35;
/** Feet above this share of a vehicle's height are behind it, further away than its own length. */
const behindShare = 0.3;

/** Whether somebody, believed or not, stands beside a vehicle. */
export const isAttended = ({ x, y, w, h }: Box, { tracks }: Scene): boolean =>
  tracks.some(({ label, box }) => {
    if (label !== 'person') return false;
    const [footX, footY] = footPoint(box);
    const isBeside = footX >= x - w * besideWidths && footX <= x + w * (1 + besideWidths);
    return isBeside && footY >= y + h * behindShare && footY <= y + h * (1 + beforeHeights);
  });
