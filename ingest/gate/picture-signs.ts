import type { PictureCondition } from '../../core/schema/scenario.ts';
import { correlationOf, type PictureFeatures } from './picture-features.ts';
import type { PictureNormal } from './picture-normal.ts';

/** What a picture can show to be wrong with it, what hides the others first. */
export const pictureSigns = [
  'frozen',
  'dark',
  'covered',
  'moved',
  'blurred',
] as const satisfies readonly PictureCondition[];
export type PictureSign = (typeof pictureSigns)[number];

/** One picture, and the one before it. */
export interface JudgedPicture {
  features: PictureFeatures;
  /** Of the picture before. */
  edgesBefore: Float32Array;
  /** Share of pixels that differ from the picture before. */
  changedShare: number;
  /** All that the scene had to show went at once, not bit by bit as in fog. */
  isSuddenlyLost: boolean;
}

type Test = (picture: JudgedPicture, normal: PictureNormal, isReported: boolean) => boolean;

/**
 * A frozen picture may carry a clock that is written over it: 0.2 % are the digits of the seconds and the minutes.
 * What the encoder makes of the same picture twice is the same.
 */
const frozenShare = 0.002;

/** Night with infrared or one lamp has a spread of 20 and more, sensor noise alone one of 4 (vtest darkened). */
const darkMean = { enter: 32, leave: 40 };
const darkSpread = { enter: 10, leave: 14 };

/** Grey levels over four pixels: less is as good as a bare wall. Thick fog leaves 6 of 56, a cloth 1. */
const bareCoarse = { enter: 1.2, leave: 2 };
const lost = { enter: 0.85, leave: 0.6 };
/** Fog takes the contrast and leaves the edges where they are: 0.8 at a tenth of the contrast. */
const coveredCorrelation = 0.35;

/**
 * Of the scene's edges with its normal. Light, night, fog and infrared leave 0.75 to 0.9; a camera that was turned by a
 * fiftieth of the picture's width leaves 0.54, by a twenty-fifth 0.37, by a tenth 0.07 (vtest, shifted).
 */
const movedCorrelation = { enter: 0.42, leave: 0.55 };
/** Against how like each other two pictures of now are: where noise or snow hides the edges, nothing can be said. */
const movedRatio = { enter: 0.55, leave: 0.7 };
const leastLikeness = 0.4;

/** What a picture without any detail has: then the difference over four pixels is four times that over one. */
const smoothSharpness = 0.25;
/** Share of the usual excess over that: a Gauss of 0.5 % of the width leaves 0.5, one of 0.8 % 0.37 (vtest). */
const blurredShare = { enter: 0.4, leave: 0.55 };

/** Ratio of fine to coarse structure: blur takes the fine alone, fog and darkness take both. Noise only raises it. */
export const sharpnessOf = ({ fine, coarse }: PictureFeatures): number =>
  coarse > 0 ? fine / coarse : smoothSharpness;

const tests: Readonly<Record<PictureSign, Test>> = {
  frozen: ({ changedShare }, normal) =>
    changedShare <= frozenShare && (changedShare === 0 || normal.isRestless),
  dark: ({ features: { mean, spread } }, _normal, isReported) => {
    const edge = isReported ? 'leave' : 'enter';
    return mean < darkMean[edge] && spread < darkSpread[edge];
  },
  covered: ({ features, isSuddenlyLost }, normal, isReported) => {
    const edge = isReported ? 'leave' : 'enter';
    if (features.mean < darkMean.enter) return false;
    if (features.coarse < bareCoarse[edge]) return true;
    if (!normal.isKnown || (!isReported && !isSuddenlyLost)) return false;
    return (
      normal.lostOf(features) >= lost[edge] &&
      correlationOf(features.edges, normal.edges) < coveredCorrelation
    );
  },
  moved: ({ features: { edges }, edgesBefore }, normal, isReported) => {
    if (!normal.isKnown) return false;
    const edge = isReported ? 'leave' : 'enter';
    const likeness = correlationOf(edges, edgesBefore);
    const correlation = correlationOf(edges, normal.edges);
    const isStrange = correlation < movedCorrelation[edge] && correlation < movedRatio[edge] * likeness;
    return isStrange && likeness >= leastLikeness;
  },
  blurred: ({ features }, normal, isReported) => {
    const usual = normal.sharpnessAt(features.mean);
    if (usual === undefined) return false;
    const share = blurredShare[isReported ? 'leave' : 'enter'];
    return sharpnessOf(features) < smoothSharpness + share * (usual - smoothSharpness);
  },
};

/** Whether a picture shows a sign; one that is reported already is let go less easily than it is taken up. */
export const shows = (
  sign: PictureSign,
  picture: JudgedPicture,
  normal: PictureNormal,
  isReported: boolean,
): boolean => tests[sign](picture, normal, isReported);
