import path from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Label, labels } from '../../../core/schema/label.ts';
import type { TrueBox } from '../../../inference/index.ts';
import { evalError } from '../errors.ts';
import { type LabelledFolder, namesIn, readText } from './labelled-folder.ts';

const count = Type.Number({ exclusiveMinimum: 0 });

/** What of COCO's format counts here; whatever else is in the file is left alone. */
const CocoFile = Type.Object({
  images: Type.Array(
    Type.Object({
      id: Type.Integer(),
      file_name: Type.String({ minLength: 1 }),
      width: count,
      height: count,
    }),
  ),
  annotations: Type.Array(
    Type.Object({
      image_id: Type.Integer(),
      category_id: Type.Integer(),
      /** Left, top, width and height in pixels. */
      bbox: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
      iscrowd: Type.Optional(Type.Integer()),
    }),
  ),
  categories: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
});
type CocoFile = Static<typeof CocoFile>;
const validator = Compile(CocoFile);

/**
 * Reads a folder of COCO labels: one JSON file in it or in its `annotations`, and the pictures that it names in it or in
 * its `images`. Throws `labels-unreadable`, `labels-invalid`.
 */
export const readCocoFolder = async (folder: string): Promise<LabelledFolder> => {
  const own = await namesIn(folder);
  const file = await findLabels(folder, own);
  const pictures = own.includes('images') ? path.join(folder, 'images') : folder;
  const coco = parseCoco(await readText(file), file);
  const classes = new Map(
    coco.categories.flatMap(({ id, name }) => {
      const label = labels.find((known) => known === name);
      return label ? [[id, label] as const] : [];
    }),
  );
  const boxes = new Map<number, CocoFile['annotations']>();
  for (const annotation of coco.annotations) {
    const known = boxes.get(annotation.image_id);
    if (known) known.push(annotation);
    else boxes.set(annotation.image_id, [annotation]);
  }
  const files = coco.images.map((image) => ({
    file: path.join(pictures, image.file_name),
    truths: (boxes.get(image.id) ?? []).flatMap((annotation) => toTruth(annotation, image, classes)),
  }));
  return { files, labels: [...new Set(classes.values())] };
};

const findLabels = async (folder: string, own: readonly string[]): Promise<string> => {
  const inner = path.join(folder, 'annotations');
  const found = [
    ...own.map((name) => path.join(folder, name)),
    ...(await namesIn(inner)).map((name) => path.join(inner, name)),
  ].filter((name) => name.endsWith('.json'));
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  throw evalError(
    'labels-unreadable',
    `'${folder}' must hold one JSON file of labels, itself or in its 'annotations'; it has ${found.length}`,
  );
};

const parseCoco = (text: string, file: string): CocoFile => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw evalError('labels-invalid', `'${file}' is not JSON`, { cause });
  }
  if (validator.Check(value)) return value;
  const [first] = validator.Errors(value);
  throw evalError('labels-invalid', `'${file}': ${first?.instancePath} ${first?.message}`);
};

const toTruth = (
  { bbox: [x, y, w, h], category_id, iscrowd }: CocoFile['annotations'][number],
  { width, height }: CocoFile['images'][number],
  classes: ReadonlyMap<number, Label>,
): TrueBox[] => {
  const label = classes.get(category_id);
  if (!label || !(w > 0 && h > 0)) return [];
  const box = { x: x / width, y: y / height, w: w / width, h: h / height };
  return [{ label, box, isCrowd: iscrowd === 1 }];
};
