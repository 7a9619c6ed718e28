import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './sources.ts';

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), 'utf8');

const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  string,
  Record<string, string>
>;
const wanted = Object.entries({ ...dependencies, ...devDependencies }).map(
  ([name, version]) => `${name} ${version}`,
);
const documented = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` (\d[\w.-]*) \|/gm)].map(
  ([, name, version]) => `${name} ${version}`,
);

test('every package has its line, with the version in use', () => {
  expect(wanted.filter((line) => !documented.includes(line))).toEqual([]);
});

test('every line is of a package in use', () => {
  expect(documented.filter((line) => !wanted.includes(line))).toEqual([]);
});
