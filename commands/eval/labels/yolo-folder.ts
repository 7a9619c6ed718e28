import path from 'node:path';
import { parse } from 'yaml';
import { type Label, labels } from '../../../core/schema/label.ts';
import type { TrueBox } from '../../../inference/index.ts';
import { evalError } from '../errors.ts';
import {
  isPicture,
  type LabelledFile,
  type LabelledFolder,
  namesIn,
  readText,
  withoutExtension,
} from './labelled-folder.ts';

/** The numbers that COCO's 80 classes have in YOLO's labels; taken where a folder does not name its classes. */
const cocoClasses: ReadonlyMap<number, Label> = new Map([
  [0, 'person'],
  [1, 'bicycle'],
  [2, 'car'],
  [3, 'motorcycle'],
  [5, 'bus'],
  [7, 'truck'],
  [8, 'boat'],
  [15, 'cat'],
  [16, 'dog'],
  [17, 'horse'],
  [18, 'sheep'],
  [19, 'cow'],
]);

/**
 * Reads a folder of YOLO labels: `images/NAME.jpg` with `labels/NAME.txt`, or both side by side; a line is
 * `class cx cy w h` in shares of the picture, and a picture without a file shows nothing. The classes' names are those of
 * `data.yaml` or `classes.txt`, else COCO's.
 */
export const readYoloFolder = async (folder: string): Promise<LabelledFolder> => {
  const own = await namesIn(folder);
  const [pictures, texts] = own.includes('images')
    ? [path.join(folder, 'images'), path.join(folder, 'labels')]
    : [folder, folder];
  const classes = await readClasses(folder, own);
  const labelled = new Set(await namesIn(texts));
  const files: LabelledFile[] = [];
  for (const name of (await namesIn(pictures)).filter(isPicture)) {
    const textName = `${withoutExtension(name)}.txt`;
    const text = labelled.has(textName) ? await readText(path.join(texts, textName)) : '';
    files.push({ file: path.join(pictures, name), truths: parseYoloLabels(text, classes, textName) });
  }
  return { files, labels: [...new Set(classes.values())] };
};

/** Boxes of classes that have no label here are left out. Throws `labels-invalid` naming the line. */
export const parseYoloLabels = (text: string, classes: ReadonlyMap<number, Label>, name: string): TrueBox[] =>
  text.split('\n').flatMap((line, index) => {
    const columns = line.trim().split(/\s+/);
    if (columns[0] === '') return [];
    const [kind = Number.NaN, cx = Number.NaN, cy = Number.NaN, w = Number.NaN, h = Number.NaN] =
      columns.map(Number);
    const isBox = columns.length === 5 && Number.isInteger(kind) && isShare(cx, cy, w, h) && w * h > 0;
    if (!isBox) {
      throw evalError(
        'labels-invalid',
        `${name}:${index + 1}: expected 'class cx cy w h' with shares between 0 and 1`,
      );
    }
    const label = classes.get(kind);
    return label ? [{ label, box: { x: cx - w / 2, y: cy - h / 2, w, h } }] : [];
  });

const isShare = (...values: readonly number[]): boolean => values.every((value) => value >= 0 && value <= 1);

const readClasses = async (folder: string, own: readonly string[]): Promise<ReadonlyMap<number, Label>> => {
  if (own.includes('data.yaml')) return namedClasses(await readNames(path.join(folder, 'data.yaml')));
  if (!own.includes('classes.txt')) return cocoClasses;
  return namedClasses((await readText(path.join(folder, 'classes.txt'))).split('\n').entries());
};

/** A list of names, or a table of number and name. */
const readNames = async (file: string): Promise<Iterable<[number, unknown]>> => {
  let document: unknown;
  try {
    document = parse(await readText(file), { maxAliasCount: 0 });
  } catch (cause) {
    throw evalError('labels-invalid', `'${file}' is not YAML`, { cause });
  }
  const names = (document as { names?: unknown } | null)?.names;
  if (Array.isArray(names)) return names.entries();
  if (typeof names === 'object' && names !== null) {
    return Object.entries(names).map(([key, name]) => [Number(key), name]);
  }
  throw evalError('labels-invalid', `'${file}' has no names; list the classes under 'names'`);
};

const namedClasses = (names: Iterable<[number, unknown]>): ReadonlyMap<number, Label> =>
  new Map(
    [...names].flatMap(([index, name]) => {
      const label = labels.find((known) => known === String(name).trim());
      return label ? [[index, label] as const] : [];
    }),
  );
