import { expect, test } from 'vitest';
import { drawReport } from './draw-report.ts';
import { measureSweep } from './measure-sweep.ts';

const box = { x: 0.2, y: 0.2, w: 0.2, h: 0.4 };
const person = (score: number, x: number) => ({ label: 'person', score, box: { ...box, x } }) as const;
const pictures = [
  {
    truths: [
      { label: 'person', box },
      { label: 'person', box: { ...box, x: 0.6 } },
    ],
    detections: [person(0.9, 0.2), person(0.5, 0.6), person(0.3, 0)],
  },
] as const;

test('takes the threshold with the highest F1, the lowest of those alike', () => {
  const [person] = measureSweep('gate-1', pictures, ['person', 'car']).labels;

  expect(person?.best).toEqual({ score: 0.35, precision: 1, recall: 1, f1: 1 });
});

test('leaves out a label that no true box has', () => {
  expect(measureSweep('gate-1', pictures, ['person', 'car']).labels.map(({ label }) => label)).toEqual([
    'person',
  ]);
});

test('draws a page that asks nobody for anything, in both languages and for both lights', () => {
  const page = drawReport('yolox-nano-416', [measureSweep('gate-1', pictures, ['person'])]);

  expect(page).not.toMatch(/https?:|<script|<link|<img|url\(|@import/);
  expect(page).toContain('阈值扫描 Threshold sweep');
  expect(page).toContain('人 person');
  expect(page).toContain('prefers-color-scheme: dark');
  expect(page.match(/<svg/g)).toHaveLength(1);
});

test('takes a name of a folder for a text, whatever it looks like', () => {
  const page = drawReport('m', [measureSweep('<script>&"', pictures, ['person'])]);

  expect(page).toContain('&lt;script&gt;&amp;&quot;');
});
