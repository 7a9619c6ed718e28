import { median, quantile } from '../measure/quantiles.ts';
import { type CameraPlan, frameMs, roundFrames, sentAt } from '../simulator/timeline.ts';
import { fromGray } from './frame-code.ts';

/** A picture as it was seen on the page. */
export interface SeenPicture {
  cameraId: string;
  /** The digits burned in, the lowest first. */
  digits: readonly boolean[];
  /** When it was seen, and when the page believes that it was captured; milliseconds since 1970. */
  seenAt: number;
  capturedAt: number;
  /** How much newer the newest picture is that the player has; nothing where it keeps none. */
  keptMs?: number | undefined;
}

export interface PictureAges {
  pictures: number;
  cameras: number;
  /** From a picture's sending by the camera to its being seen, in milliseconds. */
  p50: number;
  p95: number;
  max: number;
  /** Of the tile that is the farthest behind. */
  worstTile: number;
  /** How much of the age, at the median, is the player's: it has newer ones already. */
  keptP50: number;
  /** How far what is drawn over a picture is from that picture in time: the page's belief against the burned number. */
  stepP50: number;
  stepP95: number;
  /** Share of those within 200 ms. */
  within: number;
}

const stepMs = 200;

/** When the picture that is seen was sent: the last one of its number before it was seen. */
export const sentWhen = (plan: CameraPlan, firstAt: number, { digits, seenAt }: SeenPicture): number => {
  const round = roundFrames(plan);
  const newest = Math.floor((seenAt - firstAt) / frameMs);
  const position = (plan.offsetFrames + newest) % round;
  const behind = (((position - fromGray(digits)) % round) + round) % round;
  return sentAt(firstAt, newest - behind);
};

/** `firstAt`: when each camera's first picture was sent. */
export const toPictureAges = (
  seen: readonly SeenPicture[],
  plans: readonly CameraPlan[],
  firstAt: Readonly<Record<string, number>>,
): PictureAges => {
  const told = seen.flatMap((picture) => {
    const plan = plans.find(({ id }) => id === picture.cameraId);
    if (!plan) return [];
    const sent = sentWhen(plan, firstAt[plan.id] ?? Number.NaN, picture);
    return [{ ...picture, age: picture.seenAt - sent, step: Math.abs(picture.capturedAt - sent) }];
  });
  const ages = told.map(({ age }) => age);
  const steps = told.map(({ step }) => step);
  const ids = [...new Set(told.map(({ cameraId }) => cameraId))];
  const tileAges = ids.map((id) => median(told.flatMap(({ cameraId, age }) => (cameraId === id ? age : []))));
  return {
    ...{ pictures: told.length, cameras: ids.length },
    ...{ p50: median(ages), p95: quantile(ages, 0.95), max: quantile(ages, 1) },
    worstTile: quantile(tileAges, 1),
    keptP50: median(told.flatMap(({ keptMs }) => keptMs ?? [])),
    ...{ stepP50: median(steps), stepP95: quantile(steps, 0.95) },
    within: steps.filter((step) => step <= stepMs).length / Math.max(1, steps.length),
  };
};
