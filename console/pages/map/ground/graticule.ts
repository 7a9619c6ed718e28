/** Distances between lines, in degrees, that read well. */
const steps = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** The widest distance that still puts at least four lines into a span of degrees. */
export const stepFor = (span: number): number => steps.find((step) => span / step >= 4) ?? 0.001;

/** The multiples of `step` within [from, to]. */
export const linesWithin = (from: number, to: number, step: number): number[] => {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toFixed(6)));
};

/** `111.60°E`, with as many digits as the step has. */
export const sayDegrees = (
  value: number,
  step: number,
  [positive, negative]: readonly [string, string],
): string =>
  `${Math.abs(value).toFixed(Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)))}°${value < 0 ? negative : positive}`;
