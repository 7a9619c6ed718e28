import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { parseSite } from '../../core/config/read-site.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { runVerb } from '../e2e/site-under-test.ts';
import { fullSiteYaml } from '../fixtures/full-site.ts';
import { siteWith, siteYaml } from '../fixtures/site.ts';

let folder: string;
let server: NatsServer;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-configuration-'));
  server = await openNatsServer({
    confPath: path.join(repositoryRoot, 'deploy/nats/nats-server.conf'),
    dataFolder: path.join(folder, 'nats'),
    runFolder: path.join(folder, 'run'),
    maxStoreBytes: 1024 ** 3,
    user: 'test',
    password: 'test-password',
  });
  env = {
    XUELIANG_NATS_URL: server.url,
    XUELIANG_NATS_USER: 'test',
    XUELIANG_NATS_PASSWORD: 'test-password',
  };
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const withFile = async (verb: string, text: string): Promise<string> => {
  const file = path.join(folder, 'site.yaml');
  await writeFile(file, text);
  const { code, stdout, stderr } = await runVerb([verb, '-f', file], env);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
};

test('a site goes into the bucket by apply, is compared by diff, and comes out by export as it went in', async () => {
  const applied = await withFile('apply', siteYaml);
  const same = await withFile('diff', siteYaml);
  const changed = await withFile('diff', siteWith('dwell: 2s', 'dwell: 5s'));
  const { stdout: exported } = await runVerb(['export'], env);

  expect(applied).toContain('+ cameras.gate-1');
  expect(same.trim()).toBe('no difference');
  expect(changed).toBe('~ scenarios.gate-night\n    dwell: "2s" → "5s"\n');
  expect(parseSite(exported)).toEqual({ site: parseSite(siteYaml).site, problems: [] });
});

/** Without the scenario that no model here is made for. */
const equippedSiteYaml = fullSiteYaml.replace(/^ {2}- \{id: s-fire,.*\n/m, '');

test('loudspeakers and webhooks are applied, compared and exported like everything else', async () => {
  const applied = await withFile('apply', equippedSiteYaml);
  const changed = await withFile(
    'diff',
    equippedSiteYaml.replace('perHour: 4', 'perHour: 5').replace('device: H-17', 'device: H-18'),
  );
  const { stdout: exported } = await runVerb(['export'], env);

  expect(applied).toContain('+ loudspeakers.pond-horn');
  expect(applied).toContain('+ webhooks.platform');
  expect(changed).toContain('~ loudspeakers.pond-horn\n    device: "H-17" → "H-18"');
  expect(changed).toContain('~ scenarios.s-water');
  const site = parseSite(exported).site;
  expect(site?.loudspeakers).toEqual(parseSite(equippedSiteYaml).site?.loudspeakers);
  expect(site?.webhooks).toEqual(parseSite(equippedSiteYaml).site?.webhooks);
});

test('the wrong password for the bus is said, and not shown', async () => {
  const { code, stderr } = await runVerb(['export'], { ...env, XUELIANG_NATS_PASSWORD: 'wr0ng-one' });

  expect(code).toBe(1);
  expect(stderr).toContain('[bus-unauthorised]');
  expect(stderr).not.toContain('wr0ng-one');
});
