import { expect, test } from 'vitest';
import { findStall, type Progress } from './watchdog.ts';

const limits = { silentMs: 5_000, packetMs: 10_000, frameMs: 10_000, firstFrameMs: 30_000 };
const now = 100_000;

const progress = (change: Partial<Progress>): Progress => ({
  openedAt: 0,
  lastPacketAt: now,
  progressedAt: now,
  lastFrameAt: now,
  gopSeconds: 2,
  ...change,
});

test.each<[string, Partial<Progress>, string | undefined]>([
  ['a healthy session', {}, undefined],
  ['9.9 s without a packet', { lastPacketAt: now - 9_900 }, undefined],
  ['10 s without a packet', { lastPacketAt: now - 10_000 }, 'stream-stalled'],
  ['packets whose time stands still', { progressedAt: now - 10_000 }, 'stream-stalled'],
  ['10 s of packets without a frame', { lastFrameAt: now - 10_000 }, 'stream-undecodable'],
  ['the same with keyframes 5 s apart', { lastFrameAt: now - 10_000, gopSeconds: 5 }, undefined],
  ['15 s with keyframes 5 s apart', { lastFrameAt: now - 15_000, gopSeconds: 5 }, 'stream-undecodable'],
  ['29 s before the first frame', { lastFrameAt: undefined, openedAt: now - 29_000 }, undefined],
  ['30 s before the first frame', { lastFrameAt: undefined, openedAt: now - 30_000 }, 'stream-undecodable'],
])('judges %s', (_, change, code) => {
  expect(findStall(now, progress(change), limits)?.code).toBe(code);
});
