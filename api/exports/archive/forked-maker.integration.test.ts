import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ArchiveJob } from '../../../core/archive.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import { createForkedMaker } from './forked-maker.ts';
import type { MakerDeadlines } from './lateness.ts';

const entry = new URL('../../../test/fixtures/api/archive-child.ts', import.meta.url);

const make = (reason: string, facts: { deadlines?: MakerDeadlines; signal?: AbortSignal } = {}) => {
  const { signal = new AbortController().signal, ...options } = facts;
  const told: number[] = [];
  const maker = createForkedMaker({ entry, env: process.env, clock: systemClock, ...options });
  const job = { exported: { reason } } as ArchiveJob;
  return { told, made: maker.make(job, (count) => told.push(count), signal) };
};

test('works in a process of the lowest priority, which is gone with the archive', async () => {
  const { told, made } = make('works');
  const { bytes: pid, files: priority } = await made;

  expect(priority).toBe(19);
  expect(told).toEqual([1]);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

test('what it could not do is told as it said it', async () => {
  await expect(make('fails').made).rejects.toMatchObject({
    code: 'disk-full',
    kind: 'exhausted',
    message: 'no room',
  });
});

test('a process that dies, or cannot be started, is told with how it ended', async () => {
  await expect(make('dies').made).rejects.toMatchObject({
    code: 'archive-ended',
    message: expect.stringContaining('3'),
  });
});

test('one that does not go on is ended at its deadline', async () => {
  await expect(make('hangs', { deadlines: { silenceMs: 1, alertMs: 60_000 } }).made).rejects.toMatchObject({
    code: 'archive-late',
  });
});

test('it ends when nobody wants it any more', async () => {
  const stop = new AbortController();
  const { made } = make('hangs', { signal: stop.signal });
  stop.abort(new Error('withdrawn'));

  await expect(made).rejects.toThrow('withdrawn');
  await expect(make('works', { signal: stop.signal }).made).rejects.toThrow('withdrawn');
});
