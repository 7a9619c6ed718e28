import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { loadEnvironment } from '../core/config/environment.ts';
import { toAppError } from '../core/errors.ts';
import { createLogger, withoutSecrets } from '../core/log.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { listenForShutdown } from '../core/runtime/shutdown.ts';
import { resolveModel } from '../models/index.ts';
import { runApiBench } from './api/run-api-bench.ts';
import { runConsoleBench } from './console/run-console-bench.ts';
import { createSides } from './create-sides.ts';
import { prepareReels } from './footage/prepare-town.ts';
import { parseOptions, type SideName, usage } from './options.ts';
import { openOtherPhases, openReference } from './reference/open-reference.ts';
import { toFigures } from './report/figures.ts';
import { doubtedReels } from './report/recall.ts';
import { showTable } from './report/table.ts';
import { writeReport } from './report/write-report.ts';
import { runSides } from './run-sides.ts';
import { hasMotion } from './sides/motion/run-motion.ts';
import { createTowns } from './towns.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const build = path.resolve(import.meta.dirname, '../deploy/set-up/build.sh');

/** What is measured is the built program; it is built anew when the sources have changed. */
const ensureBuilt = async (): Promise<void> => {
  const run = promisify(execFile);
  await run('bash', [build, '--is-done']).catch(async () => {
    say('build     the program is built');
    await run('bash', [build]);
  });
};

const chooseSides = async (wanted: readonly SideName[]): Promise<readonly SideName[]> => {
  if (!wanted.includes('motion') || (await hasMotion())) return wanted;
  say("motion    is not installed and is left out; it is Debian's package 'motion'");
  return wanted.filter((side) => side !== 'motion');
};

/** As a shell says of a program that Ctrl-C ended. */
const interrupted = 130;

const runAlone = async (bench: typeof runApiBench, args: readonly string[]): Promise<number> => {
  const shutdown = listenForShutdown();
  try {
    await bench(args, { ensureBuilt, say, signal: shutdown.signal });
  } catch (thrown) {
    if (!shutdown.signal.aborted) throw thrown;
  } finally {
    shutdown.release();
  }
  return shutdown.signal.aborted ? interrupted : 0;
};

const run = async (): Promise<number> => {
  const [first, ...rest] = process.argv.slice(2);
  if (first === '--api') return runAlone(runApiBench, rest);
  if (first === '--console') return runAlone(runConsoleBench, rest);
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const shutdown = listenForShutdown();
  try {
    await ensureBuilt();
    const { signal } = shutdown;
    const environment = loadEnvironment(process.env);
    const { cacheFolder, modelSources } = environment;
    const log = createLogger({ level: 'silent' });
    const model = await resolveModel({ cacheFolder, sources: modelSources, clock: systemClock, log, signal });
    say(`model     ${model.card.id}${model.fallbackReason === undefined ? '' : ', the fallback'}`);
    const names = await chooseSides(options.sides);
    const towns = createTowns(options);
    const reels = [
      ...new Map(names.flatMap((name) => towns[name].reels).map((reel) => [reel.id, reel])).values(),
    ];
    const reelFiles = await prepareReels(reels, { cacheFolder, say, signal });
    const compared = names.includes('ours') ? towns.ours.reels : [];
    const watching = { reelFiles, model, cacheFolder, say, signal };
    const reference = await openReference({ ...watching, reels: compared, phase: 0 });
    const sides = createSides({ options, towns, reelFiles, model, say, signal });
    const measured = await runSides(names, sides, options, { say, signal });
    const doubted = doubtedReels({ runs: measured.ours, reference, reels });
    const otherPhases = await openOtherPhases({ ...watching, reels: doubted });
    const figures = toFigures(measured, { reference, otherPhases, reels });
    process.stdout.write(`${showTable(figures)}\n`);
    say(`report    ${await writeReport({ options, figures, measured })}`);
    return signal.aborted ? interrupted : 0;
  } catch (thrown) {
    if (!shutdown.signal.aborted) throw thrown;
    return interrupted;
  } finally {
    shutdown.release();
  }
};

try {
  process.exitCode = await run();
} catch (thrown) {
  const { code, kind, message } = toAppError(thrown);
  say(`bench: ${withoutSecrets(message)} [${code}]`);
  process.exitCode = kind === 'invalid' ? 2 : 1;
}
