import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rights, rightsOf, userRoles } from '../../core/schema/role.ts';
import { repositoryRoot } from './sources.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/reference/signing-in.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `') || line.startsWith('| right |'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const [head = [], ...body] = rows;

test('the page on signing in has a column for every role and a row for every right', () => {
  expect(head).toEqual(['right', ...userRoles]);
  expect(body.map(([right]) => right)).toEqual(rights.map((right) => `\`${right}\``));
});

test('the page on signing in tells what every role may do', () => {
  for (const [index, right] of rights.entries())
    for (const [column, role] of userRoles.entries())
      expect(body[index]?.[column + 1], `${role} ${right}`).toBe(rightsOf([role]).has(right) ? '●' : '–');
});
