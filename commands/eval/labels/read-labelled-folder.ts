import { evalError } from '../errors.ts';
import { readCocoFolder } from './coco-folder.ts';
import type { LabelledFolder } from './labelled-folder.ts';
import { readYoloFolder } from './yolo-folder.ts';

export const formats = ['yolo', 'coco'] as const;
export type LabelFormat = (typeof formats)[number];

/** Reads pictures with their labels. Throws `labels-unreadable`, `labels-invalid`. */
export const readLabelledFolder = async (folder: string, format: LabelFormat): Promise<LabelledFolder> => {
  const { files, labels } = await (format === 'yolo' ? readYoloFolder(folder) : readCocoFolder(folder));
  if (files.length > 0) return { files, labels };
  throw evalError('labels-unreadable', `'${folder}' has no labelled pictures in the ${format} format`);
};
