import type { AskOptions } from '../../http/ask.ts';
import { askRaw } from '../../http/ask.ts';

/** One number of a role, as `/metrics` has it. */
export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const line = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const label = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"/gi;

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));

/** Samples of Prometheus’ text format; buckets of histograms and what is no number are left out. */
export const parseMetrics = (text: string): Sample[] =>
  text.split('\n').flatMap((row) => {
    const [, name, labels = '', value] = line.exec(row) ?? [];
    if (name === undefined || name.endsWith('_bucket') || !Number.isFinite(Number(value))) return [];
    const pairs = [...labels.matchAll(label)].map(([, key = '', said = '']) => [key, unescaped(said)]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });

/** Asks for all numbers of all roles. */
export const askMetrics = async (path: string, options: AskOptions): Promise<Sample[]> =>
  parseMetrics(await (await askRaw(path, options)).text());

/** The sum of a metric over the samples that have the labels; undefined where there is none. */
export const sumOf = (
  samples: readonly Sample[],
  name: string,
  wanted: Readonly<Record<string, string>> = {},
): number | undefined => {
  const found = samples.filter(
    (sample) =>
      sample.name === name && Object.entries(wanted).every(([key, said]) => sample.labels[key] === said),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
};
