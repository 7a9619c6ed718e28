import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './sources.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/reference/incidents.md'), 'utf8');
const named = [...page.matchAll(/`([\w./-]+\.test\.ts)`: (.+?)(?=<br>| \|$)/gm)].map(
  ([, file = '', name = '']) => [file, name] as const,
);

test('the page of incidents names tests in every row', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| What'));

  expect(rows.length).toBeGreaterThan(12);
  expect(rows.filter((row) => !row.includes('.test.ts`: '))).toEqual([]);
});

test.each(named)('%s has the test: %s', (file, name) => {
  expect(readFileSync(path.join(repositoryRoot, file), 'utf8')).toContain(name);
});
