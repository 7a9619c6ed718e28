import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEnvironment } from '../../core/config/environment.ts';
import { runVerb } from '../e2e/site-under-test.ts';
import { siteWith, siteYaml } from '../fixtures/site.ts';

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-input-'));
  env = { XUELIANG_DATA: path.join(folder, 'data'), XUELIANG_NATS_URL: '' };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const siteFile = async (text: string): Promise<string> => {
  const file = path.join(folder, 'site.yaml');
  await writeFile(file, text);
  return file;
};

test('an unknown verb names the verbs and exits with 2', async () => {
  const { code, stderr } = await runVerb(['watch']);

  expect(code).toBe(2);
  expect(stderr).toContain("there is no verb 'watch'; the verbs are up, worker");
});

test('an unknown option points to the help and exits with 2', async () => {
  const { code, stderr } = await runVerb(['up', '--sight', 'x']);

  expect(code).toBe(2);
  expect(stderr).toContain('see xueliang up --help');
});

test.each(['up', 'worker', 'alerts', 'api', 'apply', 'diff', 'export', 'models', 'doctor'])(
  '%s says what it takes',
  async (verb) => {
    const { code, stdout } = await runVerb([verb, '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: xueliang ${verb} [options]`);
    expect(stdout).toContain('--json');
  },
);

test('a site file with three problems names all three and starts nothing', async () => {
  const text = siteWith('dwell: 2s', 'dwell: 2 weeks')
    .replace('[0.9, 0.1], [0.9, 0.9]]', '[0.9, 0.1]]')
    .replace('id: caishi', 'idd: caishi');
  const { code, stderr } = await runVerb(['up', '--site', await siteFile(text), '--port', '0'], env);

  expect(code).toBe(2);
  expect(stderr.match(/site\.yaml:\d+:\d+ /g)).toHaveLength(4);
  expect(existsSync(path.join(folder, 'data', 'nats'))).toBe(false);
});

test('an error is one JSON document with --json', async () => {
  const { code, stderr } = await runVerb(['apply', '--json', '-f', await siteFile('nonsense')], env);

  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'config-invalid', kind: 'invalid' });
});

test('apply without a running site says how to start one', async () => {
  const { code, stderr } = await runVerb(['apply', '-f', await siteFile(siteYaml)], env);

  expect(code).toBe(1);
  expect(stderr).toContain('start it with xueliang up');
});

test('a port that is taken is named, with what to do', async () => {
  const server = await listen();
  const { port } = server.address() as { port: number };

  const { code, stderr } = await runVerb(
    ['up', '--site', await siteFile(siteYaml), '--port', String(port)],
    env,
  );
  await new Promise((resolve) => server.close(resolve));

  expect(code).toBe(1);
  expect(stderr).toContain(`cannot listen on 127.0.0.1:${port} (EADDRINUSE)`);
});

test('an altered model file is named and not used', async () => {
  const cache = path.join(folder, 'cache');
  await copyAlteredModel(cache);

  const { code, stderr } = await runVerb(['up', '--site', await siteFile(siteYaml), '--port', '0'], {
    ...env,
    XUELIANG_CACHE: cache,
  });

  expect(code).toBe(1);
  expect(stderr).toContain('[model-altered]');
});

test('a model nobody knows is named with those there are', async () => {
  const file = await siteFile(siteWith('  timezone', '  model: yolo-face\n  timezone'));
  const { code, stderr } = await runVerb(['up', '--site', file, '--port', '0'], {
    ...env,
    XUELIANG_DATA: path.join(folder, 'other'),
  });

  expect(code).toBe(2);
  expect(stderr).toContain("there is no model 'yolo-face'; the models are yolox-nano-416");
});

test('a variable that makes no sense is named', async () => {
  const { code, stderr } = await runVerb(['doctor'], { XUELIANG_API_PORT: 'http' });

  expect(code).toBe(2);
  expect(stderr).toContain("XUELIANG_API_PORT is 'http'; give a port");
});

test('doctor says what it found and what to do', async () => {
  const { stdout } = await runVerb(['doctor', '--json', '--site', await siteFile(siteYaml)], env);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string }[] };

  expect(checks.map(({ name }) => name)).toEqual([
    'runtime',
    'nats-server',
    'ffmpeg',
    'packages',
    'model',
    'api port',
    'data folder',
    'site file',
  ]);
  expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
});

const listen = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

/** Every file that the machine's own cache lists, as a file of the right name and the wrong bytes. */
const copyAlteredModel = async (cache: string): Promise<void> => {
  const { cacheFolder } = loadEnvironment(process.env);
  const { stdout } = await runVerb(['models', 'verify', '--json'], { XUELIANG_CACHE: cacheFolder });
  const { models } = JSON.parse(stdout) as { models: { path: string }[] };
  for (const model of models) {
    const file = path.join(cache, path.relative(cacheFolder, model.path));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'not a model');
  }
};
