import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../../test/fixtures/inference/seeded-random.ts';
import { readLabelledFolder } from './read-labelled-folder.ts';
import { parseYoloLabels } from './yolo-folder.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'labelled-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Writes files under their paths; pictures are never opened here. */
const write = async (files: Record<string, string>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
};

test('reads pictures and labels in folders of their own, with the numbers that COCO gives its classes', async () => {
  await write({
    'images/a.jpg': '',
    'images/b.jpg': '',
    'labels/a.txt': '0 0.5 0.5 0.2 0.4\n7 0.25 0.25 0.5 0.5\n9 0.5 0.5 0.1 0.1\n',
  });

  const { files, labels } = await readLabelledFolder(folder, 'yolo');

  expect(files).toEqual([
    {
      file: path.join(folder, 'images/a.jpg'),
      truths: [
        { label: 'person', box: { x: 0.4, y: 0.3, w: 0.2, h: 0.4 } },
        { label: 'truck', box: { x: 0, y: 0, w: 0.5, h: 0.5 } },
      ],
    },
    { file: path.join(folder, 'images/b.jpg'), truths: [] },
  ]);
  expect(labels).toHaveLength(12);
});

test.each([
  ['data.yaml as a list', { 'data.yaml': 'names: [helmet, dog]\n' }],
  ['data.yaml as a table', { 'data.yaml': 'names:\n  1: dog\n  0: helmet\n' }],
  ['classes.txt', { 'classes.txt': 'helmet\ndog\n' }],
])('takes the names of classes from %s, and those alone that the product speaks of', async (_, names) => {
  await write({ ...names, 'a.png': '', 'a.txt': '0 0.5 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4\n' });

  const { files, labels } = await readLabelledFolder(folder, 'yolo');

  expect(labels).toEqual(['dog']);
  expect(files[0]?.truths.map(({ label }) => label)).toEqual(['dog']);
});

const coco = {
  images: [{ id: 7, file_name: 'a.jpg', width: 200, height: 100 }],
  annotations: [
    { image_id: 7, category_id: 1, bbox: [20, 10, 100, 50] },
    { image_id: 7, category_id: 1, bbox: [0, 0, 200, 100], iscrowd: 1 },
    { image_id: 7, category_id: 2, bbox: [0, 0, 10, 10] },
    { image_id: 8, category_id: 1, bbox: [0, 0, 10, 10] },
  ],
  categories: [
    { id: 1, name: 'person' },
    { id: 2, name: 'kite' },
  ],
};

test('reads COCO annotations in pixels, crowds as crowds', async () => {
  await write({ 'images/a.jpg': '', 'annotations/instances.json': JSON.stringify(coco) });

  const { files, labels } = await readLabelledFolder(folder, 'coco');

  expect(labels).toEqual(['person']);
  expect(files).toEqual([
    {
      file: path.join(folder, 'images/a.jpg'),
      truths: [
        { label: 'person', box: { x: 0.1, y: 0.1, w: 0.5, h: 0.5 }, isCrowd: false },
        { label: 'person', box: { x: 0, y: 0, w: 1, h: 1 }, isCrowd: true },
      ],
    },
  ]);
});

test.each([
  ['no pictures', 'yolo', {}, 'labels-unreadable'],
  ['no JSON', 'coco', { 'a.jpg': '' }, 'labels-unreadable'],
  ['two files of labels', 'coco', { 'a.json': '{}', 'b.json': '{}' }, 'labels-unreadable'],
  ['JSON of something else', 'coco', { 'a.json': '{"images": 3}' }, 'labels-invalid'],
  ['torn JSON', 'coco', { 'a.json': '{"images": [' }, 'labels-invalid'],
  ['classes without names', 'yolo', { 'data.yaml': 'nc: 3\n', 'a.jpg': '' }, 'labels-invalid'],
] as const)('refuses a folder with %s', async (_, format, files, code) => {
  await write(files);

  await expect(readLabelledFolder(folder, format)).rejects.toMatchObject({ code });
});

test('takes any text for labels or says which line is wrong, and lets no box out of bounds', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const pieces = ['0', '1', '0.5', '1.5', '-0.1', ' ', '\n', '\t', 'e', 'NaN', '', '1e-3', '0.25'];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random.whole(0, 14) }, () => pieces[random.whole(0, 12)]).join(
      random.next() < 0.5 ? ' ' : '',
    );
    try {
      for (const { box } of parseYoloLabels(text, new Map([[0, 'person']]), 'a.txt')) {
        expect(box.w * box.h, `seed ${seed}: ${text}`).toBeGreaterThan(0);
        expect(Math.max(box.w, box.h), `seed ${seed}: ${text}`).toBeLessThanOrEqual(1);
      }
    } catch (error) {
      expect(error, `seed ${seed}: ${text}`).toMatchObject({ code: 'labels-invalid' });
    }
  }
});
