import type { Alert } from '../../../core/schema/alert.ts';
import { labels } from '../../../core/schema/label.ts';

/** A picture to train with, and the boxes that the detector gave when the alert was raised. */
export interface TrainingPicture {
  /** Below `images/`. */
  name: string;
  /** Pixels. */
  width: number;
  height: number;
  objects: Alert['objects'];
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** YOLO: a line an object, its class by number and its middle and size as shares of the picture. */
export const toYoloLabels = (objects: Alert['objects']): string =>
  objects
    .map(({ label, box: { x, y, w, h } }) =>
      [labels.indexOf(label), ...[x + w / 2, y + h / 2, w, h].map(rounded)].join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');

/** The file that says where the pictures lie and which class has which number. */
export const toYoloData = (): string =>
  [
    'path: .',
    'train: images',
    'val: images',
    'names:',
    ...labels.map((label, at) => `  ${at}: ${label}`),
    '',
  ].join('\n');

/** COCO: boxes in pixels, numbers of classes from 1. */
export const toCocoLabels = (pictures: readonly TrainingPicture[]): string => {
  const annotations = pictures.flatMap(({ width, height, objects }, index) =>
    objects.map(({ label, score, box: { x, y, w, h } }) => ({
      image_id: index + 1,
      category_id: labels.indexOf(label) + 1,
      bbox: [x * width, y * height, w * width, h * height].map(rounded),
      area: rounded(w * width * h * height),
      iscrowd: 0,
      score,
    })),
  );
  return `${JSON.stringify(
    {
      images: pictures.map(({ name, width, height }, index) => ({
        id: index + 1,
        file_name: name,
        width,
        height,
      })),
      annotations: annotations.map((annotation, index) => ({ id: index + 1, ...annotation })),
      categories: labels.map((name, index) => ({ id: index + 1, name })),
    },
    null,
    1,
  )}\n`;
};
