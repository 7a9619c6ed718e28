import { parseArgs } from 'node:util';
import { benchError } from './errors.ts';

export const sideNames = ['ours', 'quiet', 'motion', 'plain', 'limits', 'ours5', 'main', 'mixed'] as const;
export type SideName = (typeof sideNames)[number];

/** What to measure, and how long. */
export interface BenchOptions {
  /** In the order in which they are measured. */
  sides: readonly SideName[];
  isLong: boolean;
  rounds: number;
  /** Of a window in which the program is measured; the others' are shorter. */
  seconds: number;
  cameras: number;
  mainCameras: number;
  awakeFps: number;
  busyEverySeconds: number;
  workers: number | undefined;
  decodeThreads: number | undefined;
  detectorThreads: number | undefined;
}

export const usage = `npm run bench -- [options]

  --long                 the hour: long windows, more rounds, memory over time
  --only SIDES           of ${sideNames.join(',')}
  --rounds N             how often each side is measured, in turn (short 2, long 3)
  --seconds S            of each window (short 30, long 1200)
  --cameras N            sub-streams (126)
  --main-cameras N       main streams of 1080p (24)
  --fps F                frames a second of an awake camera (3; ours5 has 5)
  --busy-every S         something happens in a camera's view so often (130)
  --workers, --decode-threads, --detector-threads N   as in a site file
  --help`;

const optionNames = {
  long: { type: 'boolean' },
  help: { type: 'boolean' },
  only: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  cameras: { type: 'string' },
  'main-cameras': { type: 'string' },
  fps: { type: 'string' },
  'busy-every': { type: 'string' },
  workers: { type: 'string' },
  'decode-threads': { type: 'string' },
  'detector-threads': { type: 'string' },
} as const;

/** Reads the command line; nothing when only help is wanted. Throws `bench-usage-invalid`. */
export const parseOptions = (args: readonly string[]): BenchOptions | undefined => {
  const values = parseValues(args);
  if (values.help) return undefined;
  const isLong = values.long ?? false;
  const number = (name: keyof typeof values, fallback: number): number =>
    toNumber(name, values[name], fallback);
  const given = (name: keyof typeof values): number | undefined =>
    values[name] === undefined ? undefined : number(name, 1);
  return {
    sides: toSides(values.only),
    isLong,
    rounds: number('rounds', isLong ? 3 : 2),
    seconds: number('seconds', isLong ? 1200 : 30),
    cameras: number('cameras', 126),
    mainCameras: number('main-cameras', 24),
    awakeFps: number('fps', 3),
    busyEverySeconds: number('busy-every', 130),
    workers: given('workers'),
    decodeThreads: given('decode-threads'),
    detectorThreads: given('detector-threads'),
  };
};

const parseValues = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: optionNames, strict: true }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw benchError('bench-usage-invalid', `${reason}\n\n${usage}`, { cause });
  }
};

const toNumber = (name: string, text: string | boolean | undefined, fallback: number): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw benchError('bench-usage-invalid', `--${name} is '${text}'; give a number above 0`);
};

const toSides = (text: string | undefined): readonly SideName[] => {
  const wanted = text?.split(',').map((name) => name.trim());
  const unknown = wanted?.find((name) => !sideNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw benchError(
      'bench-usage-invalid',
      `there is no side '${unknown}'; the sides are ${sideNames.join(', ')}`,
    );
  }
  return sideNames.filter((name) => wanted?.includes(name) ?? true);
};
