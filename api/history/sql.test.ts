import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const statement =
  /\bselect\b[^`]*\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|\b(alter|create|drop)\s+(table|database|partition)\b/i;

const sources = async (): Promise<{ name: string; text: string }[]> => {
  const folder = path.resolve(import.meta.dirname, '..');
  const names = await readdir(folder, { recursive: true });
  const code = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return Promise.all(
    code.map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') })),
  );
};

test('regression: no SQL in the sources is put together from pieces (ZoneMinder CVE-2024-51482)', async () => {
  const offenders: string[] = [];
  for (const { name, text } of await sources()) {
    for (const [literal] of text.matchAll(/sql`[^`]*`/g)) {
      if (literal.includes('${')) offenders.push(`${name}: ${literal.slice(0, 60)}`);
    }
    for (const [literal, body = ''] of text.matchAll(/(?<!sql)`([^`]*)`/g)) {
      if (body.includes('${') && statement.test(body)) {
        offenders.push(`${name}: ${literal.slice(0, 60)}`);
      }
    }
    if (/sql`[^`]*`\s*\+|\+\s*sql`|as Sql/.test(text) && !name.endsWith('history/sql.ts'))
      offenders.push(name);
  }

  expect(offenders).toEqual([]);
});

test('every value in a statement is a bound parameter with a type', async () => {
  const statements = (await sources()).flatMap(({ text }) => [...text.matchAll(/sql`([^`]*)`/g)]);
  const braces = statements.flatMap(([, body = '']) => body.match(/\{[^}]*\}/g) ?? []);

  expect(statements.length).toBeGreaterThan(8);
  expect(braces.filter((brace) => !/^\{[a-zA-Z]+:[A-Za-z0-9()]+\}$/.test(brace))).toEqual([]);
});
