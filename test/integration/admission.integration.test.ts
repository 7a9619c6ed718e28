import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { Site } from '../../core/schema/site.ts';
import { fetchCameras, type ShownCamera } from '../../deploy/demo/api-client.ts';
import { openSimulator, type Simulator } from '../../deploy/simulator/index.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { runVerb, type SiteUnderTest, startSite } from '../e2e/site-under-test.ts';
import { encodeClip, moving } from '../fixtures/ingest/encode-clip.ts';
import { testCamera } from '../fixtures/ingest/test-camera.ts';

const sharedModels = path.resolve(repositoryRoot, '../shared/models');

let folder: string;
let simulator: Simulator;
let site: SiteUnderTest;

/** A site whose worker has room for next to nothing. */
const siteOf = (...cameraIds: string[]): Site => ({
  site: {
    id: 'small',
    name: '测试',
    place: '431103110',
    allowedNetworks: ['127.0.0.0/8'],
    budget: 0.01,
  },
  places: [
    { code: '431103110', name: '蔡市镇' },
    { code: '431103110201', name: '邓家铺村委会' },
  ],
  cameras: cameraIds.map((id) => testCamera(id, simulator.url('/moving'))),
  scenarios: [],
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-admission-'));
  const file = await encodeClip(folder, 'moving.mp4', moving, 'h264');
  simulator = await openSimulator({ mounts: [{ path: '/moving', file }] });
  const models: Record<string, string> = existsSync(sharedModels)
    ? { XUELIANG_MODEL_SOURCES: sharedModels }
    : {};
  site = await startSite(path.join(folder, 'site'), siteOf('first', 'second'), models);
}, 120_000);
afterAll(async () => {
  await site?.stop();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until the API shows the camera so. */
const until = (cameraId: string, isIt: (camera: ShownCamera) => boolean): Promise<ShownCamera> =>
  vi.waitFor(
    async () => {
      const cameras = await fetchCameras(site.api, AbortSignal.timeout(5_000));
      const camera = cameras.find(({ id }) => id === cameraId);
      if (!camera || !isIt(camera)) throw new Error(`camera '${cameraId}': ${JSON.stringify(camera)}`);
      return camera;
    },
    { timeout: 45_000, interval: 200 },
  );

test('a worker without room refuses a camera, says so, and takes it when another is gone', async () => {
  await until('first', ({ state }) => state === 'live');
  const refused = await until('second', ({ state }) => state === 'waiting');
  const metrics = await (await fetch(`${site.api}/metrics`)).text();

  expect(refused.status).toMatchObject({ cause: 'no-capacity', connects: 0, workerId: 'worker-1' });
  expect(refused.status?.message).toContain('no worker has room for this camera');
  expect(metrics).toMatch(/xueliang_worker_refused_cameras\{.*\} 1/);
  expect(metrics).toMatch(/xueliang_worker_refusals_total\{.*\} 1/);
  expect(metrics).toMatch(/xueliang_role_event_loop_delay_p99_seconds\{.*role="worker".*\} [\d.]+/);
  expect(metrics).toMatch(/xueliang_ingest_event_loop_delay_p99_seconds\{.*\} [\d.]+/);

  const smaller = path.join(folder, 'smaller.yaml');
  await writeFile(smaller, stringify(siteOf('second')));
  const { code, stderr } = await runVerb(['apply', '-f', smaller], { XUELIANG_DATA: site.dataFolder });
  expect([code, stderr]).toEqual([0, '']);
  const taken = await until('second', ({ state }) => state === 'live');

  expect(taken.status?.cause).toBeUndefined();
}, 120_000);
