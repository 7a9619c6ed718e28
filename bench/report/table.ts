import stringWidth from 'string-width';
import type { Figure } from './figure.ts';

const marks = new Map([
  [true, 'met'],
  [false, 'NOT met'],
]);

/** The figures in columns for a terminal. */
export const showTable = (figures: readonly Figure[]): string => {
  const rows = [
    ['figure', 'measured', 'target', ''],
    ...figures.map(({ name, value, target, isMet }) => [
      name,
      value,
      target,
      isMet === undefined ? '' : (marks.get(isMet) ?? ''),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [head, '─'.repeat(Math.max(...lines.map((line) => stringWidth(line)))), ...body].join('\n');
};

const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));
