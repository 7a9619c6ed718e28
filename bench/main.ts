import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { loadEnvironment } from '../core/config/environment.ts';
import { toAppError } from '../core/errors.ts';
import { withoutSecrets } from '../core/log.ts';
import { listenForShutdown } from '../core/runtime/shutdown.ts';
import { parseOptions, usage } from './options.ts';
import { toFigures } from './report/figures.ts';
import { showTable } from './report/table.ts';
import { writeReport } from './report/write-report.ts';
import { runSides } from './run-sides.ts';

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

const run = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const shutdown = listenForShutdown();
  try {
    await ensureBuilt();
    const environment = loadEnvironment(process.env);
    const measured = await runSides({ options, environment, say, signal: shutdown.signal });
    const figures = toFigures(measured);
    process.stdout.write(`${showTable(figures)}\n`);
    say(`report    ${await writeReport({ options, figures, measured })}`);
    return 0;
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
