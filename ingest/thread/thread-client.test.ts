import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { EvidenceOutcome, PictureFacts } from '../../core/stages.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';
import { noFaults } from '../session/camera-faults.ts';
import type { CameraThreadData, ToCameraThread } from './messages.ts';
import { ThreadClient, type ThreadPortEvents } from './thread-client.ts';

/** A client whose thread does as it is told. */
class ScriptedThread {
  readonly clock = new SimulatedClock();
  readonly got: ToCameraThread[] = [];
  readonly pictures: PictureFacts[] = [];
  readonly outcomes: EvidenceOutcome[] = [];
  readonly asked: AbortSignal[] = [];
  readonly client: ThreadClient;
  isUp = false;
  events: ThreadPortEvents | undefined;
  answer: () => Promise<boolean> = async () => true;

  constructor() {
    this.client = new ThreadClient({
      data: { workerId: 'worker-1', pool: 0 } as CameraThreadData,
      clock: this.clock,
      log: pino({ level: 'silent' }),
      connect: (events) => {
        this.events = events;
        const isUp = (): boolean => this.isUp;
        return {
          get isUp() {
            return isUp();
          },
          post: (message) => {
            if (this.isUp) this.got.push(message);
          },
          close: async () => this.fall(),
        };
      },
      onFrame: () => undefined,
      onRepeat: () => undefined,
      onPicture: (facts) => this.pictures.push(facts),
      onEvidence: (outcome) => this.outcomes.push(outcome),
      onLive: () => undefined,
      onStatuses: () => undefined,
      onLost: () => undefined,
      answer: (_, signal) => {
        this.asked.push(signal);
        return this.answer();
      },
    });
  }

  rise(): this {
    this.isUp = true;
    this.events?.onUp();
    return this;
  }

  fall(): void {
    this.isUp = false;
    this.events?.onLost();
  }

  set(id: string): void {
    this.client.set(testCamera(id), undefined);
  }
}

const evidence = (alertId: string) => ({
  ...{ alertId, cameraId: 'a', ptsUs: 0, capturedAt: 0, boxes: [] },
  ...{ outline: [], preSeconds: 5, postSeconds: 5 },
});

const camerasTold = (messages: readonly ToCameraThread[]): string[] =>
  messages.flatMap((message) => (message.type === 'set-camera' ? [message.camera.id] : []));

test('tells a thread that came back of all its cameras', async () => {
  const thread = new ScriptedThread();
  thread.set('a');
  thread.rise();
  await thread.client.ready;
  thread.set('b');
  thread.fall();
  thread.set('c');
  thread.got.length = 0;

  thread.rise();

  expect(camerasTold(thread.got)).toEqual(['a', 'b', 'c']);
});

test('tells a thread that came back what is wanted of pictures, and hands on those of its own cameras', () => {
  const thread = new ScriptedThread();
  thread.client.set(testCamera('a'), undefined, { minSize: 0.1 });
  thread.rise();
  const facts = { capturedAt: 0, receivedAt: 0, ptsUs: 0, still: [], gone: [], learnedMs: 0 };

  for (const cameraId of ['a', 'let-go']) {
    thread.events?.onMessage({ type: 'picture', facts: { cameraId, ...facts } });
  }

  expect(thread.got).toMatchObject([{ type: 'set-camera', wish: { minSize: 0.1 } }]);
  expect(thread.pictures.map(({ cameraId }) => cameraId)).toEqual(['a']);
});

test('knows a status for each camera, also while its thread is down', () => {
  const thread = new ScriptedThread().rise();
  thread.set('a');
  const [waiting] = thread.client.statuses();
  const live = { ...waiting, state: 'live' } as NonNullable<typeof waiting>;
  thread.events?.onMessage({ type: 'statuses', statuses: [live], faults: noFaults });
  const states = [thread.client.statuses()[0]?.state];

  thread.fall();

  states.push(thread.client.statuses()[0]?.state);
  expect(states).toEqual(['live', 'waiting']);
  expect(thread.client.statuses()[0]?.message).toContain('thread');
});

test('resolves a removal when the thread has done it, is lost, or takes too long', async () => {
  const thread = new ScriptedThread().rise();
  for (const id of ['a', 'b', 'c']) thread.set(id);
  const removed: string[] = [];
  const remove = (id: string) => thread.client.remove(id).then(() => removed.push(id));

  const removals = [remove('a'), remove('b')];
  thread.events?.onMessage({ type: 'camera-removed', ticket: 1 });
  await thread.clock.advance(14_999);
  expect(removed).toEqual(['a']);
  await thread.clock.advance(1);
  removals.push(remove('c'));
  thread.fall();
  await Promise.all(removals);

  expect(removed).toEqual(['a', 'b', 'c']);
  expect(thread.client.cameraCount).toBe(0);
});

test('gives every medium one outcome when the thread is lost with the evidence', () => {
  const thread = new ScriptedThread().rise();
  thread.set('a');
  thread.client.requestEvidence(evidence('1'));
  const reason = 'no packets';
  const early = { alertId: '1', cameraId: 'a', medium: 'snapshot', reason } as const;
  thread.events?.onMessage({ type: 'evidence', outcome: early });
  thread.events?.onMessage({ type: 'evidence', outcome: early });

  thread.fall();
  thread.client.requestEvidence(evidence('2'));

  expect(thread.outcomes.map(({ alertId, medium }) => `${alertId} ${medium}`)).toEqual([
    '1 snapshot',
    '1 clip',
    '2 snapshot',
    '2 clip',
  ]);
});

test('answers questions, but not those of a thread that is gone', async () => {
  const thread = new ScriptedThread().rise();
  const question = { what: 'connect', installation: 'town' } as const;
  let settle: ((isYes: boolean) => void) | undefined;
  thread.answer = () => new Promise((resolve) => (settle = resolve));
  thread.events?.onMessage({ type: 'ask', ticket: 1, question });

  thread.fall();
  thread.rise();
  settle?.(true);
  thread.answer = async () => true;
  thread.events?.onMessage({ type: 'ask', ticket: 1, question });
  await thread.clock.advance(0);

  expect(thread.asked[0]?.aborted).toBe(true);
  expect(thread.got).toEqual([{ type: 'answer', ticket: 1, isYes: true }]);
});

test('withdraws a question that the thread takes back', async () => {
  const thread = new ScriptedThread().rise();
  thread.answer = () => new Promise(() => undefined);
  thread.events?.onMessage({ type: 'ask', ticket: 1, question: { what: 'connect', installation: 'town' } });

  thread.events?.onMessage({ type: 'ask-no-more', ticket: 1 });

  expect(thread.asked[0]?.aborted).toBe(true);
});

test('asks the thread what it remembers of a camera that is there', async () => {
  const thread = new ScriptedThread().rise();
  thread.set('a');
  const record = { minutes: [], tierChanges: [] };

  const asked = [thread.client.explain('a'), thread.client.explain('b')];
  thread.events?.onMessage({ type: 'explained', ticket: 1, record });

  expect(await Promise.all(asked)).toEqual([record, undefined]);
  expect(thread.got.filter(({ type }) => type === 'explain')).toHaveLength(1);
});

test('knows nothing of a camera whose thread is lost, silent or down', async () => {
  const thread = new ScriptedThread().rise();
  thread.set('a');
  const answers: unknown[] = [];
  const ask = () => void thread.client.explain('a').then((record) => answers.push(record));

  ask();
  await thread.clock.advance(999);
  expect(answers).toEqual([]);
  await thread.clock.advance(1);
  ask();
  thread.fall();
  ask();
  await thread.clock.advance(0);

  expect(answers).toEqual([undefined, undefined, undefined]);
  expect(thread.clock.sleeping).toBe(0);
});
