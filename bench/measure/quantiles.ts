/** The value below which the share `q` (0–1) of the values lies, between neighbours in proportion; NaN of none. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** How fast a series grows, by least squares; 0 of fewer than two moments. */
export const slope = (points: readonly { at: number; value: number }[]): number => {
  const at = mean(points.map((point) => point.at));
  const value = mean(points.map((point) => point.value));
  const spread = sum(points.map((point) => (point.at - at) ** 2));
  return spread > 0 ? sum(points.map((point) => (point.at - at) * (point.value - value))) / spread : 0;
};
