import type { Label } from '../../core/schema/label.ts';
import { isVehicle, toLabelGroup } from '../label-group.ts';

/** What YOLOX-nano reaches on vtest. */
export const usualConfidentScore = 0.6;
/** A track starts only above the model's confident score, and is found again by boxes a little below it. */
const scoreMargin = 0.05;
/**
 * Of the score that makes a person certain this share makes a vehicle certain: YOLOX-nano's precision on COCO is
 * 0.87 for people at its confident score, and 0.90 for vehicles at three quarters of it.
 */
const vehicleShare = 0.75;
const shareOf = (label: Label): number => (isVehicle(toLabelGroup(label)) ? vehicleShare : 1);

/** The score from which on a detection is sure enough to start a track with. */
export const sureScoreOf = (label: Label, confidentScore: number): number =>
  (confidentScore + scoreMargin) * shareOf(label);

/** The score from which on a detection is sure enough to find a track again by. */
export const strongScoreOf = (label: Label, confidentScore: number): number =>
  (confidentScore - scoreMargin) * shareOf(label);
