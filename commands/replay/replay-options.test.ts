import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteYaml } from '../../test/fixtures/site.ts';
import { readReplayRequest } from './replay-options.ts';

let folder = '';
let site = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'replay-options-'));
  site = path.join(folder, 'site.yaml');
  await writeFile(site, siteYaml);
});

afterAll(() => rm(folder, { recursive: true }));

const request = (options: Record<string, string>, clip: string | undefined = 'clip.mp4') =>
  readReplayRequest('replay', clip, { values: new Map(Object.entries(options)) });

test('begins on a Monday noon in China and looks five times a second, unless told otherwise', async () => {
  const usual = await request({ camera: 'gate-1', scenarios: site });
  const told = await request({
    camera: 'gate-1',
    scenarios: site,
    fps: '2.5',
    start: '2026-03-01T00:00:00Z',
  });

  expect(usual).toMatchObject({ startAt: Date.UTC(2026, 0, 5, 4), fps: 5 });
  expect(told).toMatchObject({ startAt: Date.UTC(2026, 2, 1), fps: 2.5 });
});

test('reads a file that has cameras and scenarios alone', async () => {
  const part = path.join(folder, 'part.yaml');
  await writeFile(part, siteYaml.slice(siteYaml.indexOf('cameras:')));

  const { camera, scenarios } = await request({ camera: 'gate-1', scenarios: part });

  expect(camera.id).toBe('gate-1');
  expect(scenarios.map(({ id }) => id)).toEqual(['gate-night']);
});

test('holds a part of a site to the same rules as a whole one', async () => {
  const part = path.join(folder, 'unlawful.yaml');
  await writeFile(part, siteYaml.slice(siteYaml.indexOf('cameras:')).replace('zone: gate', 'zone: nowhere'));

  await expect(request({ camera: 'gate-1', scenarios: part })).rejects.toMatchObject({
    code: 'config-invalid',
  });
});

test.each([
  ['no camera', {}],
  ['a camera that the file does not have', { camera: 'gate-2' }],
  ['a rate of nothing', { camera: 'gate-1', fps: '0' }],
  ['a rate that is no number', { camera: 'gate-1', fps: 'fast' }],
  ['a time without a zone', { camera: 'gate-1', start: '2026-03-01T00:00:00' }],
  ['a time that is none', { camera: 'gate-1', start: 'yesterdayZ' }],
])('refuses %s', async (_, options) => {
  await expect(request({ scenarios: site, ...options })).rejects.toMatchObject({ code: 'usage-invalid' });
});
