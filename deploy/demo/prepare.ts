import { loadEnvironment } from '../../core/config/environment.ts';
import { toAppError } from '../../core/errors.ts';
import { listenForShutdown } from '../../core/runtime/shutdown.ts';
import { footageFolder, prepareFootage } from './footage.ts';

/** Prepares the demo's footage once, showing how far it is; part of the set-up. */
const shutdown = listenForShutdown();
try {
  const { cacheFolder } = loadEnvironment(process.env);
  let said = '';
  await prepareFootage({
    cacheFolder: footageFolder(cacheFolder),
    signal: shutdown.signal,
    onProgress: ({ what, share }) => {
      const step = Math.floor(share * 10) * 10;
      const line = share === 0 ? what : `clips ${step} % encoded`;
      if (line !== said) process.stderr.write(`footage   ${line}\n`);
      said = line;
    },
  });
} catch (thrown) {
  const { code, message } = toAppError(thrown);
  process.stderr.write(`footage: ${message} [${code}]\n`);
  process.exitCode = 1;
} finally {
  shutdown.release();
}
