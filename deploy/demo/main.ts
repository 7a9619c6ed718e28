import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { loadEnvironment } from '../../core/config/environment.ts';
import { toAppError } from '../../core/errors.ts';
import { withoutSecrets } from '../../core/log.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { listenForShutdown } from '../../core/runtime/shutdown.ts';
import { openOwnCamera } from './own-camera.ts';
import { runSite } from './run-site.ts';
import { showLines, showLive } from './show.ts';
import { openSimulatedTown } from './simulated-town.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const run = async (): Promise<number> => {
  const clock = systemClock;
  const shutdown = listenForShutdown();
  const { signal } = shutdown;
  const own = process.env['CAMERA'];
  const { cacheFolder } = loadEnvironment(process.env);
  const source = own
    ? await openOwnCamera(own, process.env)
    : await openSimulatedTown({ cacheFolder, say, signal });
  const folder = path.resolve('var', own ? 'own-camera' : 'demo');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const siteFile = path.join(folder, 'site.yaml');
    await writeFile(siteFile, stringify(source.site, { aliasDuplicateObjects: false }));
    if (own)
      say(
        'camera    for this trial only: before real use, post a sign and enter its filing number, owner and kind of place',
      );
    say(`site      starting ${source.title}; its log is ${path.relative('.', folder)}/up.log`);
    const site = await runSite({
      entry: mainEntry(),
      siteFile,
      dataFolder: path.join(folder, 'data'),
      logFile: path.join(folder, 'up.log'),
      env: source.env,
      clock,
      signal,
    });
    const stopping = new AbortController();
    const stop = (): void => stopping.abort();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    void site.ended.then(stop);
    const show = process.stdout.isTTY ? showLive : showLines;
    await show({
      api: site.api,
      title: source.title,
      places: source.site.places,
      clock,
      signal: stopping.signal,
      say,
    });
    say('site      draining');
    await site.close();
    const { code } = await site.ended;
    say('site      closed');
    return code ?? 1;
  } finally {
    await source.close();
    shutdown.release();
  }
};

/** This file runs built from dist/, or as source through tsx. */
const mainEntry = (): string =>
  path.resolve(import.meta.dirname, '../..', import.meta.filename.endsWith('.ts') ? 'main.ts' : 'main.js');

try {
  process.exitCode = await run();
} catch (thrown) {
  const { code, kind, message } = toAppError(thrown);
  say(`demo: ${withoutSecrets(message)} [${code}]`);
  process.exitCode = kind === 'invalid' ? 2 : 1;
}
