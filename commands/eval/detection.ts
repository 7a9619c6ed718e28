import { runtimeError } from '../../core/runtime/errors.ts';
import { type DetectionAccuracy, measureDetection } from '../../inference/index.ts';
import { textOption } from '../command.ts';
import { withModelDetector } from '../replay/open-replay.ts';
import type { EvalAction } from './eval-action.ts';
import { folderOptions, formatOf, lookAtFolder } from './look-at-folder.ts';
import { showShare, toTable } from './table.ts';

/** `eval detection`: COCO's mAP over a labelled folder. */
export const detectionAction: EvalAction = {
  summary: 'mAP50 and mAP50-95 over labelled pictures',
  arguments: 'FOLDER',
  options: new Map(folderOptions),
  run: async ([folder], invocation) => {
    if (folder === undefined)
      throw runtimeError('usage-invalid', 'which folder? write xueliang eval detection FOLDER');
    const model = textOption(invocation.values, 'model');
    return withModelDetector(invocation, model, async (opened, signal) => {
      const looked = await lookAtFolder(folder, formatOf(invocation), opened, signal);
      const accuracy = measureDetection(looked.pictures, looked.labels);
      const { id: modelId } = opened.card;
      invocation.print({ modelId, ...accuracy }, describe(modelId, accuracy));
      return 0;
    });
  },
};

const describe = (modelId: string, { pictures, labels, map50, map }: DetectionAccuracy): string =>
  [
    `${modelId} on ${pictures} pictures; over the labels that the model and the folder have, as the program detects`,
    ...toTable([
      ['label', 'boxes', 'AP50', 'AP50-95'],
      ...labels.map(({ label, truths, ap50, ap }) => [label, `${truths}`, showShare(ap50), showShare(ap)]),
      ['mean', '', showShare(map50), showShare(map)],
    ]),
  ].join('\n');
