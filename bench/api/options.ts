import { benchError } from '../errors.ts';
import { parseValues } from '../parse-values.ts';

/** How much there is to ask for, and how long each load lasts. */
export interface ApiBenchOptions {
  isShort: boolean;
  /** Alerts in the history. */
  alerts: number;
  /** Open alerts on the bus. */
  open: number;
  /** Of each load. */
  seconds: number;
  listeners: number;
  /** Track rows a second. */
  tracks: number;
}

export const apiUsage = `npm run bench -- --api [options]

  --short        100,000 alerts, 5 s for each load: within a minute
  --alerts N     alerts in the history (10,000,000)
  --seconds S    of each load (30)
  --tracks N     track rows published a second (55,000)
  --help`;

/** Reads what follows `--api`; nothing when only help is wanted. Throws `bench-usage-invalid`. */
export const parseApiOptions = (args: readonly string[]): ApiBenchOptions | undefined => {
  const values = parseValues(args, optionNames, apiUsage);
  if (values.help) return undefined;
  const isShort = values.short ?? false;
  return {
    isShort,
    alerts: toCount('alerts', values.alerts, isShort ? 100_000 : 10_000_000),
    open: 5000,
    seconds: toCount('seconds', values.seconds, isShort ? 5 : 30),
    listeners: 500,
    tracks: toCount('tracks', values.tracks, 55_000),
  };
};

const optionNames = {
  short: { type: 'boolean' },
  help: { type: 'boolean' },
  alerts: { type: 'string' },
  seconds: { type: 'string' },
  tracks: { type: 'string' },
} as const;

const toCount = (name: string, text: string | undefined, usual: number): number => {
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw benchError('bench-usage-invalid', `--${name} is '${text}'; give a whole number above 0`);
};
