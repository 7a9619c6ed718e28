import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSource } from './source.ts';

describe('parseSource', () => {
  it.each([
    ['models/here', { kind: 'folder', folder: path.resolve('models/here') }],
    ['/srv/models', { kind: 'folder', folder: '/srv/models' }],
    ['file:///srv/some%20models', { kind: 'folder', folder: '/srv/some models' }],
    ['http://127.0.0.1:1/m', { kind: 'url', prefix: 'http://127.0.0.1:1/m/' }],
    ['https://models.example/a/', { kind: 'url', prefix: 'https://models.example/a/' }],
  ])('reads %s', (text, source) => {
    expect(parseSource(text)).toEqual(source);
  });

  it.each(['ftp://models.example/a', 'https://', 's3:bucket'])('refuses %s', (text) => {
    expect(() => parseSource(text)).toThrow(/neither a folder nor/);
  });

  it('refuses a password in a URL without repeating it', () => {
    const attempt = () => parseSource('https://user:hunter2@models.example/');

    expect(attempt).toThrow(/without a password/);
    expect(attempt).not.toThrow(/hunter2/);
  });
});
