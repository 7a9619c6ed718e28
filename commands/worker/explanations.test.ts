import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { Explanation, type ScenarioExplanation } from '../../core/schema/explanation.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { CameraRecord } from '../../core/stages.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { exampleExplanation } from '../../test/fixtures/explanation.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';
import { Explanations } from './explanations.ts';
import { LookHistory } from './look-history.ts';

const scenario = exampleExplanation.scenarios[0] as ScenarioExplanation;

/** A worker whose stages know what a test lets them know. */
class ScriptedWorker {
  readonly clock = new SimulatedClock();
  readonly bus = new ScriptedBus();
  readonly looks = new LookHistory(() => this.clock.now(), 0.4);
  readonly status: CameraStatus = {
    ...exampleExplanation.status,
    cameraId: 'gate',
    at: this.clock.now(),
    since: this.clock.now(),
  };
  record: CameraRecord | undefined = { minutes: [], tierChanges: [] };
  told: CameraStatus | undefined;
  scenarios: ScenarioExplanation[] = [scenario];
  isHeld = true;
  readonly explanations = new Explanations({
    bus: this.bus,
    clock: this.clock,
    timezone: 'Asia/Shanghai',
    modelId: 'scripted',
    ingest: { explain: async () => this.record, statuses: () => [this.status] },
    engine: { explain: () => this.scenarios },
    pipelines: {
      record: () => (this.isHeld ? { looks: this.looks.record(), status: this.told } : undefined),
    },
  });

  explain = (): Promise<Explanation | undefined> => this.bus.explain('gate');
}

const minuteOf = (worker: ScriptedWorker) => ({
  ...{ from: worker.clock.now(), awakeMs: 10_000.4, dormantMs: 20_000, blindMs: 0 },
  ...{ received: 750, decoded: 100, busyMs: 300 },
  wokenMs: { opened: 8000.2, 'picture-changed': 0, scenario: 0, 'long-gop': 0 },
  dropped: { quiet: 650, behind: 1, shed: 0, 'detector-busy': 2 },
});

test('joins what both sides of the detector did in a minute', async () => {
  const worker = new ScriptedWorker();
  worker.record = { minutes: [minuteOf(worker)], tierChanges: [] };
  worker.looks.looked(worker.clock.now(), [], [], 300);
  worker.looks.dropped('behind');
  worker.explanations.set(testCamera('gate'));
  await worker.clock.advance(30_000);

  const explanation = await worker.explain();

  expect(explanation?.minutes).toEqual([
    {
      from: worker.clock.now() - 30_000,
      ...{ awakeMs: 10_000, dormantMs: 20_000, blindMs: 0 },
      wokenMs: { opened: 8000, 'picture-changed': 0, scenario: 0, 'long-gop': 0 },
      ...{ received: 750, decoded: 100, inferred: 1, detections: 0 },
      dropped: { quiet: 650, behind: 2, shed: 0, 'detector-busy': 2 },
      costCores: 300 / 30_000.4 + 300 / 30_000,
    },
  ]);
  expect([...Compile(Explanation).Errors(explanation)]).toEqual([]);
});

test('leaves out minutes of which a thread that came back knows nothing', async () => {
  const worker = new ScriptedWorker();
  worker.looks.looked(worker.clock.now(), [], [], 300);
  await worker.clock.advance(90_000);
  worker.looks.looked(worker.clock.now(), [], [], 300);
  const from = worker.clock.now() - 30_000;
  worker.record = { minutes: [{ ...minuteOf(worker), from }], tierChanges: [] };
  worker.explanations.set(testCamera('gate'));

  expect((await worker.explain())?.minutes).toMatchObject([{ from, inferred: 1, received: 750 }]);
});

test('says so when the camera’s thread does not answer, and tells what it knows without it', async () => {
  const worker = new ScriptedWorker();
  worker.record = undefined;
  worker.explanations.set(testCamera('gate'));
  worker.looks.looked(worker.clock.now(), [], [], 30);
  await worker.clock.advance(10_000);

  const explanation = await worker.explain();

  expect(explanation?.verdict).toBe('thread-silent');
  expect(explanation?.minutes[0]).toMatchObject({ inferred: 1, received: 0, costCores: 0.003 });
  expect([...Compile(Explanation).Errors(explanation)]).toEqual([]);
});

test('prefers the status that was told, which knows of the detector too', async () => {
  const worker = new ScriptedWorker();
  worker.explanations.set(testCamera('gate'));
  expect((await worker.explain())?.status).toBe(worker.status);

  worker.told = { ...worker.status, detectFps: 3 };

  expect((await worker.explain())?.status.detectFps).toBe(3);
});

test('explains no more scenarios than the answer may hold', async () => {
  const worker = new ScriptedWorker();
  worker.scenarios = Array.from({ length: 300 }, () => scenario);
  worker.explanations.set(testCamera('gate'));

  expect((await worker.explain())?.scenarios).toHaveLength(256);
});

test('answers as the camera is configured now, until it is let go of', async () => {
  const worker = new ScriptedWorker();
  worker.explanations.set(testCamera('gate'));
  worker.explanations.set({ ...testCamera('gate'), name: '新名字' });
  expect((await worker.explain())?.cameraName).toBe('新名字');

  worker.isHeld = false;
  await expect(worker.explain()).rejects.toMatchObject({ code: 'camera-unwatched' });
  worker.explanations.remove('gate');

  expect(await worker.explain()).toBeUndefined();
});

test('answers for nothing any more once it is closed', async () => {
  const worker = new ScriptedWorker();
  worker.explanations.set(testCamera('gate'));
  worker.explanations.close();

  expect(await worker.explain()).toBeUndefined();
});
