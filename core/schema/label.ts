import { Type } from 'typebox';

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

const laneLabels = ['car', 'motorcycle', 'bus', 'truck'] as const;

const trafficLabels = ['bicycle', 'car', 'motorcycle', 'bus', 'truck'] as const;

/** What has a direction to keep to. */
export const TrafficLabel = Type.Enum(trafficLabels);

const burningLabels = ['fire', 'smoke'] as const;

/** What only a model made for it sees. */
export const BurningLabel = Type.Enum(burningLabels);

/** The classes that can stand in a lane. */
export const vehicleLabels: readonly Label[] = laneLabels;
export const VehicleLabel = Type.Enum(laneLabels);
