import { runtimeError } from '../../core/runtime/errors.ts';
import { labels as allLabels, type Label } from '../../core/schema/label.ts';
import type { LabelledPicture } from '../../inference/index.ts';
import { type CommandOption, type Invocation, textOption } from '../command.ts';
import { type OpenDetector, withClip } from '../replay/open-replay.ts';
import { formats, type LabelFormat, readLabelledFolder } from './labels/read-labelled-folder.ts';

/** The options of whatever looks at labelled pictures. */
export const folderOptions: readonly (readonly [string, CommandOption])[] = [
  [
    'format',
    { type: 'string', placeholder: formats.join('|'), help: 'how the folder is labelled (default yolo)' },
  ],
  ['model', { type: 'string', placeholder: 'ID', help: "the model (default: the site's)" }],
];

export const formatOf = ({ values }: Pick<Invocation, 'values'>): LabelFormat => {
  const given = textOption(values, 'format') ?? 'yolo';
  const format = formats.find((known) => known === given);
  if (format) return format;
  throw runtimeError('usage-invalid', `--format does not know '${given}'; write ${formats.join(' or ')}`);
};

export interface LookedFolder {
  pictures: readonly LabelledPicture[];
  /** Those that both the model and the folder have. */
  labels: readonly Label[];
}

/** Looks at every picture of a labelled folder with the program's own scaling, model and decoding. */
export const lookAtFolder = async (
  folder: string,
  format: LabelFormat,
  { card, detector }: OpenDetector,
  signal: AbortSignal,
): Promise<LookedFolder> => {
  const { files, labels } = await readLabelledFolder(folder, format);
  const pictures: LabelledPicture[] = [];
  for (const { file, truths } of files) {
    signal.throwIfAborted();
    const detections = await withClip(file, card, async (reader) => {
      const picture = reader.next();
      return picture ? (await detector.look(picture.toPixels())).findings.detections : [];
    });
    pictures.push({ truths, detections });
  }
  return {
    pictures,
    labels: allLabels.filter((label) => labels.includes(label) && card.labels.includes(label)),
  };
};
