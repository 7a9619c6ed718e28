import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../core/runtime/clock.ts';
import { runtimeError } from '../../core/runtime/errors.ts';
import type { FolderSweep } from '../../core/schema/sweep.ts';
import { textOption } from '../command.ts';
import { withModelDetector } from '../replay/open-replay.ts';
import type { EvalAction } from './eval-action.ts';
import { folderOptions, formatOf, lookAtFolder } from './look-at-folder.ts';
import { drawReport } from './sweep/draw-report.ts';
import { keepSweep, sweepFolder } from './sweep/kept-sweeps.ts';
import { measureSweep } from './sweep/measure-sweep.ts';
import { showShare, toTable } from './table.ts';

const defaultOut = 'eval-sweep.html';

/** `eval sweep`: what each score as a threshold would mean, a folder of labelled pictures for each camera. */
export const sweepAction: EvalAction = {
  summary: 'precision and recall over thresholds, as a page to look at',
  arguments: 'FOLDER…',
  options: new Map([
    ...folderOptions,
    ['out', { type: 'string', placeholder: 'FILE', help: `where the page goes (default ${defaultOut})` }],
  ]),
  run: async (folders, invocation) => {
    if (folders.length === 0)
      throw runtimeError('usage-invalid', 'which folders? write xueliang eval sweep FOLDER…');
    const format = formatOf(invocation);
    const out = textOption(invocation.values, 'out') ?? defaultOut;
    const model = textOption(invocation.values, 'model');
    return withModelDetector(invocation, model, async (opened, signal) => {
      const sweeps: FolderSweep[] = [];
      for (const folder of folders) {
        const { pictures, labels } = await lookAtFolder(folder, format, opened, signal);
        sweeps.push(measureSweep(path.basename(path.resolve(folder)), pictures, labels));
      }
      const { id: modelId } = opened.card;
      await writeFile(out, drawReport(modelId, sweeps));
      await keepSweep(sweepFolder(invocation.environment.dataFolder), {
        ...{ modelId, at: Math.round(systemClock.now()), folders: sweeps },
      });
      invocation.print({ modelId, out, folders: sweeps }, describe(sweeps, out));
      return 0;
    });
  },
};

const describe = (sweeps: readonly FolderSweep[], out: string): string =>
  [
    ...sweeps.flatMap(({ name, labels }) => [
      name,
      ...toTable([
        ['label', 'boxes', 'best score', 'precision', 'recall', 'F1'],
        ...labels.map(({ label, truths, best }) => [
          label,
          `${truths}`,
          best?.score.toFixed(2) ?? '–',
          ...[best?.precision, best?.recall, best?.f1].map((value) => showShare(value ?? null)),
        ]),
      ]),
    ]),
    `curves: ${out}`,
  ].join('\n');
