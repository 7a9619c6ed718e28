import { expect, test } from 'vitest';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { LiveChunk } from '../../core/stages.ts';
import { transportPacket } from '../../test/fixtures/ingest/transport-packet.ts';
import { Mpeg1Desk, maxEncoders } from './mpeg1-desk.ts';

const start: LiveChunk = {
  type: 'start',
  ...{ codec: 'hvc1', width: 4, height: 2, startedAt: 1, originUs: 9, init: Buffer.from('init') },
};

const fragment = (name: string, mediaSeconds = 0): LiveChunk => ({
  type: 'fragment',
  ...{ isKeyframe: true, bytes: Buffer.from(name), mediaSeconds, capturedAt: 1 },
});

/** Encoders that a test speaks for. */
const scripted = () => {
  const clock = new SimulatedClock();
  const encoders: {
    got: string[];
    isSmall: boolean;
    say: (text: string | Buffer) => void;
    end: (why: string) => void;
  }[] = [];
  const desk = new Mpeg1Desk({
    ...{ clock, metrics: createMetrics() },
    start: ({ isSmall }, onBytes, onEnd) => {
      const got: string[] = [];
      encoders.push({
        got,
        isSmall,
        say: (text) => onBytes(typeof text === 'string' ? Buffer.from(text) : text),
        end: onEnd,
      });
      return {
        waitingBytes: 0,
        write: (bytes) => got.push(Buffer.from(bytes).toString()),
        close: () => got.push('closed'),
      };
    },
  });
  const open = () => {
    const told: string[] = [];
    const viewer = desk.viewer({
      bufferedBytes: 0,
      start: ({ mediaSeconds, codec }) => told.push(`start ${codec} ${mediaSeconds}`),
      bytes: (bytes) => told.push(bytes.toString()),
      end: (reason) => told.push(`end ${reason}`),
    });
    return { viewer, told };
  };
  return { clock, encoders, open };
};

test('a viewer gets what is encoded of its camera, and where the first picture is', () => {
  const { encoders, open } = scripted();
  const { viewer, told } = open();

  for (const chunk of [start, fragment('a', 2.5), fragment('b', 2.6)]) viewer.take(chunk);
  encoders[0]?.say('ts');

  expect(encoders[0]?.got).toEqual(['init', 'a', 'b']);
  expect(told).toEqual(['start hvc1 2.5', 'ts']);
});

test('a camera that is coded anew is encoded anew, and the old one says nothing more', () => {
  const { encoders, open } = scripted();
  const { viewer, told } = open();
  for (const chunk of [start, fragment('a'), start, fragment('b', 1)]) viewer.take(chunk);

  encoders[0]?.say('old');
  encoders[0]?.end('ended');
  encoders[1]?.say('new');

  expect(encoders.map(({ got }) => got.at(-1))).toEqual(['closed', 'b']);
  expect(told).toEqual(['start hvc1 0', 'start hvc1 1', 'new']);
});

test('an encoder that gives nothing in time is ended, and its viewer is told', async () => {
  const { clock, encoders, open } = scripted();
  const { viewer, told } = open();
  for (const chunk of [start, fragment('a')]) viewer.take(chunk);

  await clock.advance(10_000);

  expect(told.at(-1)).toContain('end mpeg1-late');
  expect(encoders[0]?.got.at(-1)).toBe('closed');
});

test('an encoder that dies ends its viewer', () => {
  const { encoders, open } = scripted();
  const { viewer, told } = open();
  for (const chunk of [start, fragment('a')]) viewer.take(chunk);

  encoders[0]?.end('ffmpeg ended (1): broken');

  expect(told.at(-1)).toBe('end mpeg1-ended: ffmpeg ended (1): broken; come back');
});

test('no more than a few are encoded at once, and one that has gone makes room', () => {
  const { open } = scripted();
  const all = Array.from({ length: maxEncoders }, open);

  expect(open).toThrow(/4 streams are being encoded/);
  all[0]?.viewer.close();
  all[0]?.viewer.close();
  expect(open).not.toThrow();
  expect(open).toThrow(/4 streams/);
});

test('the first is as large and quick as its camera, others beside it are small', () => {
  const { encoders, open } = scripted();
  for (const { viewer } of [open(), open()]) for (const chunk of [start, fragment('a')]) viewer.take(chunk);

  expect(encoders.map(({ isSmall }) => isSmall)).toEqual([false, true]);
});

test('takes nothing more while what it was given has waited too long, and goes on when that came out', async () => {
  const { clock, encoders, open } = scripted();
  const { viewer } = open();
  viewer.take(start);
  for (let picture = 0; picture < 60; picture++) viewer.take(fragment('a', 7 + picture / 25));
  encoders[0]?.say(transportPacket(0.08));

  const buffered: number[] = [viewer.bufferedBytes];
  await clock.advance(401);
  buffered.push(viewer.bufferedBytes);
  encoders[0]?.say(transportPacket(0.08 + 59 / 25));
  buffered.push(viewer.bufferedBytes);

  expect(buffered).toEqual([0, Number.POSITIVE_INFINITY, 0]);
});
