import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isTest, repositoryRoot, sourceFiles } from './sources.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/reference/errors.md'), 'utf8');

const documented = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code = '']) => code);

const defined = sourceFiles()
  .filter(({ file }) => !isTest(file))
  .flatMap(({ text }) => [...text.matchAll(/defineErrors\(\{([^}]*)\}\)/g)].map(([, body = '']) => body))
  .flatMap((body) => [...body.matchAll(/^\s*'?([a-z][a-z-]*)'?:/gm)].map(([, code = '']) => code));

test('every error code is on the errors page', () => {
  expect(defined.filter((code) => !documented.includes(code))).toEqual([]);
});

test('every code on the errors page exists', () => {
  expect(documented.filter((code) => !defined.includes(code))).toEqual([]);
});

test('no two folders use the same code', () => {
  expect(defined.filter((code, index) => defined.indexOf(code) !== index)).toEqual([]);
});
