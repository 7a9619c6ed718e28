import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeFootage, openFootage } from '../../test/fixtures/evidence/live-footage.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { AvDecoders } from './av-decoders.ts';

const spec = { width: 416, height: 416, fit: 'letterbox', pixel: 'bgr' } as const;
const length = { seconds: 4, fps: 25, gopSeconds: 1, bFrames: 0 };
let folder = '';
let h264: readonly EncodedPacket[] = [];
let h265: readonly EncodedPacket[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decoders-'));
  const read = async (codec: 'h264' | 'h265') => {
    const path = join(folder, `${codec}.ts`);
    await encodeFootage(path, { codec, ...length });
    return (await openFootage(path, codec)).packets;
  };
  [h264, h265] = [await read('h264'), await read('h265')];
});

afterAll(() => rm(folder, { recursive: true }));

test('decodes keyframes of cameras that share a decoder, each by itself', () => {
  const decoders = new AvDecoders(spec);
  const keyframes = [h264, h265, [...h264].reverse(), h265].flatMap((packets) =>
    packets.filter((packet) => packet.isKeyframe),
  );
  const seen: number[] = [];

  const faults = keyframes.map((keyframe) =>
    decoders.decodeAlone(keyframe, ({ isGood, times, toLuma }) => {
      if (isGood && toLuma().pixels.length === 134 * 75) seen.push(times.ptsUs);
    }),
  );
  decoders.close();

  expect(faults.every((count) => count === 0)).toBe(true);
  expect(seen).toEqual(keyframes.map(({ ptsUs }) => ptsUs));
});

test('scales a picture for the gate once, and the next one anew', () => {
  const decoders = new AvDecoders(spec);
  const [first, second] = h264.filter((packet) => packet.isKeyframe);
  if (!first || !second) throw new Error('the footage has no two keyframes');
  const levels: number[][] = [];
  for (const keyframe of [first, second]) {
    decoders.decodeAlone(keyframe, ({ toLuma }) => {
      const luma = toLuma();
      levels.push([...luma.pixels]);
      expect(toLuma()).toBe(luma);
    });
  }
  decoders.close();

  expect(levels[1]).not.toEqual(levels[0]);
});

test.each([
  ['h264', () => h264],
  ['h265', () => h265],
] as const)('decodes all of an awake %s camera and learns its size', (codec, packets) => {
  const decoders = new AvDecoders(spec);
  const decoder = decoders.open(codec);
  let count = 0;
  const faults = packets().reduce((sum, packet) => sum + decoder.decode(packet, () => count++), 0);
  decoder.close();
  decoders.close();

  expect(faults).toBe(0);
  expect(count).toBeGreaterThanOrEqual(packets().length - 2);
  expect(packets()[0]?.coding.size).toEqual({ width: 640, height: 360 });
});

test('counts what cannot be decoded and goes on with the next keyframe', () => {
  const decoders = new AvDecoders(spec);
  const [first, second] = h264.filter((packet) => packet.isKeyframe);
  if (!first || !second) throw new Error('the footage has no two keyframes');
  const good: boolean[] = [];
  const look = ({ isGood }: { isGood: boolean }): void => void good.push(isGood);

  const damaged = { ...first, data: Buffer.concat([first.data.subarray(0, 40), Buffer.alloc(2000, 0x5a)]) };
  decoders.decodeAlone(damaged, look);
  const afterDamage = [...good];
  decoders.decodeAlone(second, look);
  decoders.close();

  expect(afterDamage).not.toContain(true);
  expect(good.at(-1)).toBe(true);
});
