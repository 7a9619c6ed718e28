import { Type } from 'typebox';
import { vehicleLabels } from './vehicle-labels.ts';

/** The object classes this product may ever speak of. Nothing in it says who somebody is. */
export const labels = [
  'person',
  'bicycle',
  'car',
  'motorcycle',
  'bus',
  'truck',
  'boat',
  'dog',
  'cat',
  'horse',
  'sheep',
  'cow',
  'fire',
  'smoke',
] as const;

export const Label = Type.Enum(labels);
export type Label = (typeof labels)[number];

const trafficLabels = ['bicycle', 'car', 'motorcycle', 'bus', 'truck'] as const;

/** What has a direction to keep to. */
export const TrafficLabel = Type.Enum(trafficLabels);

/** What only a model made for it sees. */
export const burningLabels = ['fire', 'smoke'] as const;
export const BurningLabel = Type.Enum(burningLabels);
export type BurningLabel = (typeof burningLabels)[number];

export const VehicleLabel = Type.Enum(vehicleLabels);
