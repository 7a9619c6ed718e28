import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { TransportTimes } from './transport-times.ts';

const run = promisify(execFile);

test("finds each picture's time in what FFmpeg makes, wherever its bytes are cut", async () => {
  const { stdout } = await run(
    '/usr/bin/ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25', '-frames:v', '30'],
      ...['-codec:v', 'mpeg1video', '-bf', '0', '-muxdelay', '0', '-muxpreload', '0', '-f', 'mpegts', '-'],
    ],
    { encoding: 'buffer' },
  );
  const whole = new TransportTimes().read(stdout);
  const inParts = new TransportTimes();
  const parts = Array.from({ length: Math.ceil(stdout.length / 101) }, (_, part) =>
    inParts.read(stdout.subarray(part * 101, (part + 1) * 101)),
  ).flat();

  expect(whole).toHaveLength(30);
  expect(whole.map((time) => Number((time - (whole[0] ?? 0)).toFixed(3)))).toEqual(
    Array.from({ length: 30 }, (_, index) => Number((index / 25).toFixed(3))),
  );
  expect(parts).toEqual(whole);
});

test('what is no picture has no time', () => {
  expect(new TransportTimes().read(Buffer.alloc(188 * 3, 0x47))).toEqual([]);
});
