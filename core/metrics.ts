import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Labels = Readonly<Record<string, string>>;

/** Numbers a stage keeps about itself. Names: `xueliang_<stage>_<noun>_<unit>[_total]`, base units. */
export interface Metrics {
  count(name: string, help: string, labels?: Labels, by?: number): void;
  gauge(name: string, help: string, value: number, labels?: Labels): void;
  observe(name: string, help: string, value: number, labels?: Labels): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
}

/** Seconds; from a camera's picture to an alert on the bus everything lies between these. */
const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Makes a registry of its own: nothing in this program uses prom-client's global one. `common` labels stand on
 * every sample and tell the processes apart.
 */
export const createMetrics = (common: Labels = {}): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels(common);
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();

  const lookUp = <T>(known: Map<string, T>, name: string, make: () => T): T => {
    const found = known.get(name) ?? make();
    known.set(name, found);
    return found;
  };
  const base = (name: string, help: string, labels: Labels) => ({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
  });

  return {
    count: (name, help, labels = {}, by = 1) =>
      lookUp(counters, name, () => new Counter(base(name, help, labels))).inc(labels, by),
    gauge: (name, help, value, labels = {}) =>
      lookUp(gauges, name, () => new Gauge(base(name, help, labels))).set(labels, value),
    observe: (name, help, value, labels = {}) =>
      lookUp(
        histograms,
        name,
        () => new Histogram({ ...base(name, help, labels), buckets: latencyBuckets }),
      ).observe(labels, value),
    text: () => registry.metrics(),
  };
};
