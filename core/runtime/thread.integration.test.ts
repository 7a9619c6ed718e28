import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nameThread } from './thread.ts';

test('names a thread for the system, and what is too long in part', () => {
  const own = '/proc/thread-self/comm';
  const before = readFileSync(own, 'utf8').trim();
  nameThread('a name that is too long');
  const named = readFileSync(own, 'utf8').trim();
  nameThread(before);

  expect(named).toBe('a name that is');
});
