import type { LabelGroup } from '../label-group.ts';

/** How fast things of a group move at first sight: standard deviations, in box widths and heights per second. */
export interface Pace {
  across: number;
  along: number;
}

/** A walker's 1.4 m/s is about two box widths or 0.8 heights; depth shortens what goes along the picture's height. */
const walking: Pace = { across: 2, along: 0.6 };
const paces: ReadonlyMap<LabelGroup, Pace> = new Map<LabelGroup, Pace>([
  ['four-wheeler', { across: 2, along: 1.5 }],
  ['two-wheeler', { across: 3, along: 1.5 }],
]);

export const paceOf = (group: LabelGroup): Pace => paces.get(group) ?? walking;
