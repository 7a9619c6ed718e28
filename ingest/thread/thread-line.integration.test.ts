import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { FrameSlots } from '../../core/frame-slots.ts';
import { createLogger } from '../../core/log.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { CameraThreadData, FromCameraThread } from './messages.ts';
import { ThreadLine } from './thread-line.ts';

const spec = { width: 16, height: 16, fit: 'letterbox', pixel: 'bgr' } as const;

const threadData = (allowedNetworks: readonly string[]): CameraThreadData => ({
  workerId: 'worker-1',
  pool: 0,
  slots: FrameSlots.create(2, spec).buffer,
  slotCount: 2,
  spec,
  awakeFps: 5,
  ffmpegCameras: 1,
  ffmpegTaken: new SharedArrayBuffer(4),
  allowedNetworks,
  evidenceFolder: tmpdir(),
  ring: { maxBytes: 1e6, keepSeconds: 10 },
  logLevel: 'silent',
});

const countingLine = (allowedNetworks: readonly string[]) => {
  const counts = { up: 0, lost: 0 };
  const messages: FromCameraThread[] = [];
  const line = new ThreadLine({
    data: threadData(allowedNetworks),
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    onUp: () => counts.up++,
    onLost: () => counts.lost++,
    onMessage: (message) => messages.push(message),
  });
  return { line, counts, messages };
};

test('starts a thread that speaks, and has ended it when close resolves', async () => {
  const { line, counts, messages } = countingLine(['127.0.0.1']);
  await vi.waitFor(() => expect(messages.map(({ type }) => type)).toContain('statuses'), { timeout: 20_000 });

  await line.close();

  expect(counts).toEqual({ up: 1, lost: 0 });
  expect(messages.at(-1)).toEqual({ type: 'closed' });
  expect(line.isUp).toBe(false);
});

test('starts the next thread when one dies, and stops doing so when it is closed', async () => {
  const { line, counts } = countingLine(['no network']);
  await vi.waitFor(() => expect(counts.lost).toBeGreaterThanOrEqual(2), { timeout: 30_000 });

  await line.close();

  expect(counts.up).toBe(0);
  expect(line.isUp).toBe(false);
});
