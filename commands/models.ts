import { systemClock } from '../core/runtime/clock.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import { listenForShutdown } from '../core/runtime/shutdown.ts';
import {
  listModels,
  type ModelPlaces,
  type ModelProgress,
  pullModel,
  verifyModels,
} from '../models/index.ts';
import type { Command, Invocation } from './command.ts';

export const modelsCommand: Command = {
  summary: 'list, pull or verify the detection models',
  arguments: 'list | pull [MODEL] | verify',
  options: new Map(),
  maxPositionals: 2,
  run: (invocation) => {
    const [action = 'list', id] = invocation.positionals;
    if (action === 'list') return list(invocation);
    if (action === 'pull') return pull(invocation, id ?? 'default');
    if (action === 'verify') return verify(invocation);
    throw runtimeError('usage-invalid', `models does not know '${action}'; write list, pull or verify`);
  },
};

const placesOf = ({ environment, log }: Invocation): ModelPlaces => ({
  cacheFolder: environment.cacheFolder,
  sources: environment.modelSources,
  log,
});

const list = async (invocation: Invocation): Promise<number> => {
  const models = await listModels(placesOf(invocation));
  const lines = models.flatMap(({ id, role, isCached, input, costMs, accuracy, licence, title }) => [
    `${id}${role ? ` (${role})` : ''}: ${title}`,
    `    ${isCached ? 'here' : 'not here'} · input ${input} · ${costMs === null ? 'cost unmeasured' : `${costMs} ms`} · ${licence}`,
    ...accuracy.map(
      ({ dataset, metric, value, condition }) => `    ${metric} ${value} on ${dataset} (${condition})`,
    ),
  ]);
  invocation.print({ models }, lines.join('\n'));
  return 0;
};

const pull = async (invocation: Invocation, id: string): Promise<number> => {
  const shutdown = listenForShutdown();
  let said = '';
  try {
    const { card, path, origin, fallbackReason } = await pullModel({
      ...placesOf(invocation),
      id,
      clock: systemClock,
      signal: shutdown.signal,
      onProgress: (progress) => {
        const line = describeProgress(progress);
        if (line !== said) invocation.say(line);
        said = line;
      },
    });
    invocation.print(
      { id: card.id, path, origin, fallbackReason: fallbackReason ?? null },
      [`model ${card.id}: ${path}`, ...(fallbackReason ? [fallbackReason] : [])].join('\n'),
    );
    return 0;
  } finally {
    shutdown.release();
  }
};

/** In steps of ten per cent: one line each, also in a log. */
const describeProgress = ({ modelId, step, from, receivedBytes, totalBytes }: ModelProgress): string => {
  const share =
    receivedBytes !== undefined && totalBytes
      ? ` ${Math.floor((receivedBytes / totalBytes) * 10) * 10} %`
      : '';
  return `model ${modelId}: ${step} from ${from}${share}`;
};

const verify = async (invocation: Invocation): Promise<number> => {
  const verdicts = await verifyModels(placesOf(invocation));
  const lines = verdicts.map(({ id, state, problem }) => `${id}: ${state}${problem ? ` (${problem})` : ''}`);
  invocation.print({ models: verdicts }, lines.join('\n'));
  return verdicts.some(({ state }) => state === 'unsound') ? 1 : 0;
};
