import type { Label } from '../core/schema/label.ts';

/** Labels that small models mistake for one another on the same object; every other label stands alone. */
export type LabelGroup = Label | 'four-wheeler' | 'two-wheeler';

const groups: ReadonlyMap<Label, LabelGroup> = new Map<Label, LabelGroup>([
  ['car', 'four-wheeler'],
  ['bus', 'four-wheeler'],
  ['truck', 'four-wheeler'],
  ['bicycle', 'two-wheeler'],
  ['motorcycle', 'two-wheeler'],
]);

export const toLabelGroup = (label: Label): LabelGroup => groups.get(label) ?? label;

/** Whether things of this group run on wheels. */
export const isVehicle = (group: LabelGroup): boolean => group === 'four-wheeler' || group === 'two-wheeler';
