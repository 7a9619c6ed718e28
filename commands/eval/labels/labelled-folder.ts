import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Label } from '../../../core/schema/label.ts';
import type { TrueBox } from '../../../inference/index.ts';
import { evalError } from '../errors.ts';

/** A picture's file, and the boxes that somebody drew into it. */
export interface LabelledFile {
  file: string;
  truths: readonly TrueBox[];
}

export interface LabelledFolder {
  files: readonly LabelledFile[];
  /** What was looked for by whoever drew the boxes, as far as this product has a word for it. */
  labels: readonly Label[];
}

/** More than any set that a town's cameras are measured on; guards against a file that was never meant to be one. */
const maxFileBytes = 512 * 1024 * 1024;

/** Names in a folder, in order; none when it is not there. */
export const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).sort();

/** A text that must be there. Throws `labels-unreadable`. */
export const readText = async (file: string): Promise<string> => {
  try {
    const { size } = await stat(file);
    if (size <= maxFileBytes) return await readFile(file, 'utf8');
  } catch (cause) {
    throw evalError('labels-unreadable', `cannot read the labels '${file}'`, { cause });
  }
  throw evalError('labels-unreadable', `the labels '${file}' are larger than ${maxFileBytes} bytes`);
};

export const isPicture = (name: string): boolean => /\.(jpe?g|png|bmp)$/i.test(name);

export const withoutExtension = (name: string): string => name.slice(0, -path.extname(name).length);
