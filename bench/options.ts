import { benchError } from './errors.ts';
import { parseValues } from './parse-values.ts';

export const sideNames = [
  'ours',
  'quiet',
  'motion',
  'plain',
  'limits',
  'ours5',
  'main',
  'mixed',
  'one',
] as const;
export type SideName = (typeof sideNames)[number];

/** One round of the targets alone, within three minutes; the usual; with an hour of the town. */
export type BenchLength = 'short' | 'usual' | 'long';

/** Sides that are left alone before they are measured: a town, the cameras in whose view nothing happens, and those of `motion`. */
export type Settling = 'town' | 'quiet' | 'motion';

/** What to measure, and how long. */
export interface BenchOptions {
  /** In the order in which they are measured. */
  sides: readonly SideName[];
  length: BenchLength;
  rounds: number;
  /** Of each side's windows. */
  seconds: Readonly<Record<SideName, number>>;
  /** What passes between a side's last camera being there and its window. */
  settleSeconds: Readonly<Record<Settling, number>>;
  /** Watching for the town's alerts goes on for so long after its window. */
  watchOnSeconds: number;
  cameras: number;
  mainCameras: number;
  awakeFps: number;
  busyEverySeconds: number;
  workers: number | undefined;
  decodeThreads: number | undefined;
  detectorThreads: number | undefined;
}

export const usage = `npm run bench -- [options]

  --api [OPTIONS]        the API under load instead of cameras; --api --help says more
  --console [OPTIONS]    the console in a browser; --console --help says more
  --short                one round of ours, quiet, motion, plain and limits
  --long                 the hour: the town once for an hour, the others in longer windows and more rounds
  --only SIDES           of ${sideNames.join(',')}
  --rounds N             how often each side is measured, in turn (2; short 1, long 3)
  --seconds S            of the windows in which a whole town is measured
  --settle S             a town is left alone for so long before its window (75; short 16, long 600)
  --cameras N            sub-streams (126)
  --main-cameras N       main streams of 1080p (24)
  --fps F                frames a second of an awake camera (3; ours5 has 5)
  --busy-every S         something happens in a camera's view so often (185: one in ten is awake)
  --workers, --decode-threads, --detector-threads N   as in a site file
  --help`;

const optionNames = {
  short: { type: 'boolean' },
  long: { type: 'boolean' },
  help: { type: 'boolean' },
  only: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  settle: { type: 'string' },
  cameras: { type: 'string' },
  'main-cameras': { type: 'string' },
  fps: { type: 'string' },
  'busy-every': { type: 'string' },
  workers: { type: 'string' },
  'decode-threads': { type: 'string' },
  'detector-threads': { type: 'string' },
} as const;

/** As long as four dormant looks, of which three are spared. */
const quietSeconds = 60;
const brief = { quiet: quietSeconds, motion: 8, plain: 8, limits: 8, one: 8 };
/** The sides that show a whole town need longer windows: what happens in it is spread over three minutes. */
const usualSeconds: Readonly<Record<BenchLength, BenchOptions['seconds']>> = {
  short: { quiet: 14, motion: 5, plain: 5, limits: 3, one: 8, ours: 14, ours5: 18, main: 18, mixed: 18 },
  usual: { ...brief, ours: 36, ours5: 18, main: 18, mixed: 18 },
  long: {
    ...{ ours: 3600, ours5: 300, main: 300, mixed: 300 },
    ...{ quiet: quietSeconds, motion: 60, plain: 60, limits: 60, one: 60 },
  },
};
/**
 * After opening, all of a town's cameras are awake for eight seconds: what is shed then is given back step by step within a minute,
 * while backgrounds and clocks settle. A quiet camera's cost is that of
 * the months in which nothing happens: what the model always sees there is learnt within twenty looks of a dormant
 * camera, which are five minutes. The short variant only lets each camera's first look pass.
 */
const settled = { town: 75, quiet: 360, motion: 60 };
/** Rings are full and heaps have found their first size by then; what grows after that is what the hour is about. */
const townBeforeTheHourSeconds = 600;
const usualSettleSeconds: Readonly<Record<BenchLength, BenchOptions['settleSeconds']>> = {
  short: { town: 16, quiet: 15, motion: 5 },
  usual: settled,
  long: { ...settled, town: townBeforeTheHourSeconds },
};
/** The alerts of what began within the window are waited for, and more situations are met. */
const usualWatchOnSeconds: Readonly<Record<BenchLength, number>> = { short: 5, usual: 24, long: 24 };
const usualRounds: Readonly<Record<BenchLength, number>> = { short: 1, usual: 2, long: 3 };

/** What is measured unless told: the shorter, the fewer of those that are about other cameras than the targets'. */
const usualSides: Readonly<Record<BenchLength, readonly SideName[]>> = {
  short: ['ours', 'quiet', 'motion', 'plain', 'limits'],
  usual: sideNames.filter((name) => name !== 'mixed'),
  long: sideNames,
};

const toSeconds = (length: BenchLength, town: number | undefined): BenchOptions['seconds'] => {
  const usual = usualSeconds[length];
  return town === undefined ? usual : { ...usual, ours: town, ours5: town, main: town, mixed: town };
};

const toLength = ({ short, long }: { short?: boolean; long?: boolean }): BenchLength => {
  if (short && long)
    throw benchError('bench-usage-invalid', `--short and --long are two; give one\n\n${usage}`);
  if (short) return 'short';
  return long ? 'long' : 'usual';
};

/** Reads the command line; nothing when only help is wanted. Throws `bench-usage-invalid`. */
export const parseOptions = (args: readonly string[]): BenchOptions | undefined => {
  const values = parseValues(args, optionNames, usage);
  if (values.help) return undefined;
  const length = toLength(values);
  const number = (name: keyof typeof values, fallback: number): number =>
    toNumber(name, values[name], fallback);
  const given = (name: keyof typeof values): number | undefined =>
    values[name] === undefined ? undefined : number(name, 1);
  return {
    sides: toSides(values.only, length),
    length,
    rounds: number('rounds', usualRounds[length]),
    seconds: toSeconds(length, given('seconds')),
    settleSeconds: { ...usualSettleSeconds[length], town: number('settle', usualSettleSeconds[length].town) },
    watchOnSeconds: usualWatchOnSeconds[length],
    cameras: number('cameras', 126),
    mainCameras: number('main-cameras', 24),
    awakeFps: number('fps', 3),
    busyEverySeconds: number('busy-every', 185),
    workers: given('workers'),
    decodeThreads: given('decode-threads'),
    detectorThreads: given('detector-threads'),
  };
};

const toNumber = (name: string, text: string | boolean | undefined, fallback: number): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw benchError('bench-usage-invalid', `--${name} is '${text}'; give a number above 0`);
};

const toSides = (text: string | undefined, length: BenchLength): readonly SideName[] => {
  if (text === undefined) return usualSides[length];
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !sideNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw benchError(
      'bench-usage-invalid',
      `there is no side '${unknown}'; the sides are ${sideNames.join(', ')}`,
    );
  }
  return sideNames.filter((name) => wanted.includes(name));
};
