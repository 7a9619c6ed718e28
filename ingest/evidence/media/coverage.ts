/** Cameras that send a picture a second are covered; a reconnect in the middle is not. */
const longestGapUs = 2_000_000;
/** Beginnings and ends fall between two pictures, and pictures are not evenly spaced. */
const slackUs = 100_000;

/** Whether pictures at these times leave out part of the span: its beginning, its end, or a gap inside. */
export const isShortened = (ptsUs: readonly number[], startUs: number, endUs: number): boolean => {
  const times = [...ptsUs].sort((a, b) => a - b);
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return true;
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const tolerance = 2 * usual + slackUs;
  return first > startUs + tolerance || last < endUs - tolerance || steps.some((step) => step > longestGapUs);
};
