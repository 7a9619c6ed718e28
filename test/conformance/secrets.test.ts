import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './sources.ts';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: repositoryRoot,
})
  .toString()
  .split('\0')
  .filter((file) => file !== '' && !/\.(onnx|png|jpe?g|mp4|avi)$/.test(file));

const textOf = (file: string): string => {
  try {
    return readFileSync(path.join(repositoryRoot, file), 'utf8');
  } catch {
    return ''; // deleted in the working tree
  }
};

test('names no package registry and no machine path', () => {
  const pattern = new RegExp(
    ['registry', 'npmjs'].join('\\.') +
      '|' +
      ['deb', 'debian', 'org'].join('\\.') +
      '|(^|[\\s"\'`(])/(work|root|home)/',
    'm',
  );

  expect(tracked.filter((file) => pattern.test(textOf(file)))).toEqual([]);
});

test('commits no model and no footage', () => {
  const all = execFileSync('git', ['ls-files', '-z'], { cwd: repositoryRoot }).toString().split('\0');

  expect(all.filter((file) => /\.(onnx|avi|mp4|h264|h265|bin)$/.test(file))).toEqual([]);
});
