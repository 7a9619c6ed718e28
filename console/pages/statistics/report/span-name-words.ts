import { word } from '../words.ts';

/** `2026 年 11 月`, `Q4 of 2026`. */
export const spanNameWords = (span: string): string => {
  const [year = '', part] = span.split('-');
  if (part === undefined) return word('yearName', { year });
  return part.startsWith('Q')
    ? word('quarterName', { year, quarter: part.slice(1) })
    : word('monthName', { year, month: Number(part) });
};
