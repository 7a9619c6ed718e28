import type { Box } from '../../../core/schema/geometry.ts';
import type { Label } from '../../../core/schema/label.ts';
import { isVehicle } from '../../../core/schema/vehicle-labels.ts';

/** How much of a box is blurred: all of it, or its lower half. */
export type BlurredPart = 'whole' | 'lower';

export interface BlurredBox {
  box: Box;
  part: BlurredPart;
}

const riddenLabels: readonly Label[] = ['bicycle', 'motorcycle'];

/**
 * Persons wholly; two-wheelers too, for whoever rides them is inside the box; of other vehicles the lower half, where plates
 * are. No face and no plate is ever located.
 */
export const partOf = (label: Label): BlurredPart | undefined => {
  if (label === 'person' || riddenLabels.includes(label)) return 'whole';
  return isVehicle(label) ? 'lower' : undefined;
};

/** What is to be blurred among things that were found. */
export const toBlurredBoxes = (found: readonly { label: Label; box: Box }[]): BlurredBox[] =>
  found.flatMap(({ label, box }) => {
    const part = partOf(label);
    return part ? [{ box, part }] : [];
  });
