import { word } from '../words.ts';

/**
 * A share of fewer says nothing: at 20, one that is a half may as well be three tenths or seven (95 % interval of the
 * binomial, Wilson 1927).
 */
export const enoughForShare = 20;
/** A median of fewer is one alert's luck. */
export const enoughForMedian = 5;

/** `83 %`, with one decimal where it is close to all or nothing. */
export const percent = (share: number): string => {
  const value = share * 100;
  const isClose = (value > 90 && value < 100) || (value > 0 && value < 10);
  return `${value.toFixed(isClose ? 1 : 0)} %`;
};

/** A share and what it rests on; too few to say is said. */
export const shareWords = (part: number, whole: number): string => {
  if (whole === 0) return word('none');
  return whole < enoughForShare
    ? word('tooFew', { part, whole })
    : word('shareOf', { share: percent(part / whole), part, whole });
};
