import { wordsOf } from '../../../core/explanation/words.ts';
import type { FolderSweep, LabelSweep } from '../../../core/schema/sweep.ts';
import { drawCurve } from './curve-chart.ts';

const zh = wordsOf('zh');

const style = `
:root { color-scheme: light dark; --ink: #1c2530; --dim: #5d6b7a; --paper: #fff; --line: #d8dee5; --curve: #1267c4; --best: #c2410c }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --dim: #93a1b0; --paper: #12171d; --line: #2c3641; --curve: #6db3ff; --best: #ff9d5c } }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem; margin: 0 }
table { margin-bottom: 2rem }
p, figcaption { color: var(--dim) } section { display: flex; flex-wrap: wrap; gap: 2rem }
figure { margin: 0 } svg text { fill: var(--dim); font-size: 10px } .grid { stroke: var(--line); fill: none }
.curve { stroke: var(--curve); fill: none; stroke-width: 1.5 } .point { fill: var(--paper); stroke: var(--curve) } .best { fill: var(--best) }
table { border-collapse: collapse } th, td { padding: .15rem .8rem .15rem 0; text-align: right; font-variant-numeric: tabular-nums }
th { color: var(--dim); font-weight: 500 } th:first-child, td:first-child { text-align: left }`;

/** The whole report as one page that asks nobody for anything. */
export const drawReport = (modelId: string, folders: readonly FolderSweep[]): string =>
  [
    '<!doctype html><html lang="zh"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>阈值扫描 Threshold sweep · ${toText(modelId)}</title><style>${style}</style></head><body>`,
    '<h1>阈值扫描 Threshold sweep</h1>',
    `<p>模型 model: ${toText(modelId)} · IoU ≥ 0.5 · 纵轴：精确率 vertical: precision · 实心点：F1 最高 filled: highest F1</p>`,
    ...folders.map(drawFolder),
    '</body></html>\n',
  ].join('\n');

const drawFolder = ({ name, pictures, labels }: FolderSweep): string =>
  [
    `<h2>${toText(name)}</h2>`,
    `<p>${pictures} 张图片 pictures</p>`,
    drawTable(labels),
    '<section>',
    ...labels.map((sweep) => `<figure>${drawTitle(sweep)}${drawCurve(sweep)}</figure>`),
    '</section>',
  ].join('\n');

const drawTitle = ({ label, truths }: LabelSweep): string =>
  `<h3>${zh.labels[label]} ${label}</h3><figcaption>${truths} 个目标 boxes</figcaption>`;

const headings = [
  '类别 label',
  '目标 boxes',
  'AP50',
  '最佳阈值 best score',
  '精确率 precision',
  '召回率 recall',
  'F1',
];

const drawTable = (labels: readonly LabelSweep[]): string => {
  const rows = labels.map(({ label, truths, ap50, best }) => [
    `${zh.labels[label]} ${label}`,
    `${truths}`,
    ap50.toFixed(3),
    ...[best?.score, best?.precision, best?.recall, best?.f1].map((value) => value?.toFixed(2) ?? '–'),
  ]);
  const toRow = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table>${toRow(headings, 'th')}${rows.map((row) => toRow(row, 'td')).join('')}</table>`;
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const toText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
