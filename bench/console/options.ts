import { benchError } from '../errors.ts';
import { parseValues } from '../parse-values.ts';

export const measureNames = ['load', 'queue', 'map', 'live', 'picture', 'memory'] as const;
export type MeasureName = (typeof measureNames)[number];

/** What of the console is measured, and how long. */
export interface ConsoleBenchOptions {
  /** In the order in which they are measured. */
  measures: readonly MeasureName[];
  /** Of the memory. */
  memorySeconds: number;
  everySeconds: number;
  /** Of the watching of a wall. */
  liveSeconds: number;
  /** Real alerts are waited for until there are so many, or so long. */
  alerts: Readonly<{ wanted: number; seconds: number }>;
  /** How often the short ones are repeated. */
  rounds: number;
}

export const consoleUsage = `npm run bench -- --console [options]

  --short          three and a half minutes: memory over 30 s, which is not judged
  --hour           memory over the hour, a sample each minute; without either over ten minutes
  --only MEASURES  of ${measureNames.join(',')}
  --help`;

const spans = {
  short: {
    memorySeconds: 30,
    everySeconds: 5,
    liveSeconds: 5,
    rounds: 1,
    alerts: { wanted: 3, seconds: 30 },
  },
  usual: {
    memorySeconds: 600,
    everySeconds: 20,
    liveSeconds: 20,
    rounds: 3,
    alerts: { wanted: 10, seconds: 120 },
  },
  hour: {
    memorySeconds: 3600,
    everySeconds: 60,
    liveSeconds: 20,
    rounds: 3,
    alerts: { wanted: 10, seconds: 120 },
  },
} as const;

/** Reads what follows `--console`; nothing when only help is wanted. Throws `bench-usage-invalid`. */
export const parseConsoleOptions = (args: readonly string[]): ConsoleBenchOptions | undefined => {
  const { help, short, hour, only } = parseValues(args, optionNames, consoleUsage);
  if (help) return undefined;
  if (short && hour)
    throw benchError('bench-usage-invalid', `--short or --hour, not both\n\n${consoleUsage}`);
  return { measures: toMeasures(only), ...spans[short ? 'short' : hour ? 'hour' : 'usual'] };
};

const optionNames = {
  short: { type: 'boolean' },
  hour: { type: 'boolean' },
  only: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const toMeasures = (text: string | undefined): readonly MeasureName[] => {
  if (text === undefined) return measureNames;
  const wanted = text.split(',');
  const unknown = wanted.find((name) => !measureNames.some((one) => one === name));
  if (unknown === undefined) return measureNames.filter((name) => wanted.includes(name));
  throw benchError(
    'bench-usage-invalid',
    `--only names '${unknown}'; give some of ${measureNames.join(',')}`,
  );
};
