import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completeLock, missingFrom, type PackageLock } from './complete-lock.ts';

const needing = (name: string, version = '1.0.0', dev = false): PackageLock => ({
  packages: { 'node_modules/a': { dev, optionalDependencies: { [name]: version } } },
});

describe('completeLock', () => {
  it('has nothing to add to our own lock, so that npm ci accepts it', () => {
    const lock: PackageLock = JSON.parse(
      readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    );

    expect(missingFrom(lock).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    'node_modules/b',
    'node_modules/@s/a/node_modules/b',
    'node_modules/@s/a/node_modules/c/node_modules/b',
  ])('finds a package at %s, where Node would look', (place) => {
    const parent = { optionalDependencies: { b: '1.0.0' } };

    expect(missingFrom({ packages: { 'node_modules/@s/a/node_modules/c': parent, [place]: {} } })).toEqual(
      [],
    );
  });

  it.each([
    ['@b/win32-x64', { os: ['win32'], cpu: ['x64'] }],
    ['@b/cli-linux-arm64-musl', { os: ['linux'], cpu: ['arm64'], libc: ['musl'] }],
    ['@b/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@b/lib-linuxmusl-x64', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@b/lib-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
  ])('adds %s with its system', (name, system) => {
    const { lock, unclear } = completeLock(needing(name, '1.2.3-stable.1', true));

    expect(lock.packages[`node_modules/${name}`]).toEqual({
      version: '1.2.3-stable.1',
      dev: true,
      optional: true,
      ...system,
    });
    expect(unclear).toEqual([]);
  });

  it.each([
    ['b', '1.0.0'],
    ['@b/win32-x64', '^1.0.0'],
  ])('leaves %s@%s to somebody who knows', (name, version) => {
    const { lock, unclear } = completeLock(needing(name, version));

    expect(Object.keys(lock.packages)).toEqual(['node_modules/a']);
    expect(unclear).toMatchObject([{ name, version }]);
  });
});
