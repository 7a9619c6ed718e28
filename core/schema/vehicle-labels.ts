import type { Label } from './label.ts';

/** The classes that can stand in a lane. */
export const vehicleLabels = ['car', 'motorcycle', 'bus', 'truck'] as const satisfies readonly Label[];

export const isVehicle = (label: Label): boolean => vehicleLabels.some((vehicle) => vehicle === label);
