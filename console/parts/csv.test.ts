import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

const columns = [
  { title: 'Name', value: (row: { name: string; count?: number }) => row.name },
  { title: 'Count, all', value: (row: { name: string; count?: number }) => row.count },
];

describe('toCsv', () => {
  it('begins with the mark of UTF-8 and quotes what needs it', () => {
    expect(toCsv(columns, [{ name: '村口 "东", 二', count: 3 }])).toBe(
      '\uFEFFName,"Count, all"\r\n"村口 ""东"", 二",3\r\n',
    );
  });

  it('quotes a line that breaks, and a formula that has quotes in it', () => {
    expect(toCsv(columns, [{ name: 'x\ny', count: -1 }])).toContain('"x\ny",-1');
    expect(toCsv(columns, [{ name: '=HYPERLINK("http://evil.example")' }])).toContain(
      `"'=HYPERLINK(""http://evil.example"")",`,
    );
  });

  it('leaves what is not known empty, which is not nought', () => {
    expect(toCsv(columns, [{ name: 'a' }, { name: 'b', count: 0 }])).toContain('a,\r\nb,0');
  });

  it.each(['=1+1', '+1', '-1', '@x'])('keeps %s from being reckoned with', (name) => {
    expect(toCsv(columns, [{ name }])).toContain(`'${name},`);
  });
});
