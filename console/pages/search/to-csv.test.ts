import { expect, test } from 'vitest';
import { toCsv } from './to-csv.ts';

test('what has a comma, a quote or a line in it is quoted', () => {
  expect(toCsv([['a,b', 'say "no"', 'x\ny', 3, undefined]])).toBe('\uFEFF"a,b","say ""no""","x\ny",3,\r\n');
});

test('a name that a spreadsheet would run is text', () => {
  expect(toCsv([['=HYPERLINK("http://evil.example")', '+1', '-1', '@x', -1]])).toBe(
    `\uFEFF"'=HYPERLINK(""http://evil.example"")",'+1,'-1,'@x,-1\r\n`,
  );
});
