import { expect, test } from 'vitest';
import { isLoopbackHost, isLoopbackHostHeader } from './loopback.ts';

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['localhost', true],
  ['127.0.0.2', false],
  ['0.0.0.0', false],
  ['::', false],
  ['localhost.example', false],
  ['', false],
])('listening on %s is loopback: %s', (host, isLoopback) => {
  expect(isLoopbackHost(host)).toBe(isLoopback);
});

test.each([
  ['localhost', true],
  ['LOCALHOST:8433', true],
  ['127.0.0.1:8433', true],
  ['[::1]:8433', true],
  ['[::1]', true],
  ['evil.example', false],
  ['evil.example:8433', false],
  ['localhost.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['localhost:8433:1', false],
  ['user@localhost', false],
  ['', false],
  [undefined, false],
])('the host header %s names this machine: %s', (header, isOurs) => {
  expect(isLoopbackHostHeader(header)).toBe(isOurs);
});
