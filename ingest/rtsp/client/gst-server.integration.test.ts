import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CameraCredentials } from '../../../core/stages.ts';
import { openSimulator, type Simulator } from '../../../deploy/simulator/index.ts';
import { countPictures, countPicturesByFfmpeg } from '../../../test/fixtures/ingest/count-pictures.ts';
import { encodeClip, moving } from '../../../test/fixtures/ingest/encode-clip.ts';
import { openPlain } from '../../../test/fixtures/ingest/open-plain.ts';
import type { ReadPacket } from '../../session/packet-stream.ts';
import type { PlainStream } from './plain-stream.ts';

const password = `p@ss:/?#&'值${'long'.repeat(40)}`;
const credentials = { user: 'viewer', password };

let folder = '';
let file = '';
let simulator: Simulator;

beforeAll(async () => {
  Log.setLevel(AV_LOG_QUIET);
  folder = await mkdtemp(path.join(tmpdir(), 'plain-rtsp-'));
  file = await encodeClip(folder, 'moving.mp4', moving, 'h264', 3);
  const file265 = await encodeClip(folder, 'moving-h265.mp4', moving, 'h265', 3);
  const whole = { loop: false, timeline: 'client' } as const;
  const auth = { user: 'viewer', password };
  simulator = await openSimulator({
    mounts: [
      { path: '/h264', file, ...whole },
      { path: '/h265', file: file265, codec: 'h265', ...whole },
      { path: '/sound', file, hasSound: true },
      { path: '/clock', file },
      { path: '/digest', file, auth },
      { path: '/basic', file, auth: { ...auth, method: 'basic' } },
      { path: '/close', file, fault: { kind: 'close', afterSeconds: 1 } },
      { path: '/audio', fault: { kind: 'audioOnly' } },
    ],
  });
});

afterAll(async () => {
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (url: string, given?: CameraCredentials) => openPlain(url, { credentials: given });

/** Reads to the end, and says how it ended. */
const readAll = async (stream: PlainStream): Promise<{ packets: ReadPacket[]; end: unknown }> => {
  const packets: ReadPacket[] = [];
  try {
    for (let packet = await stream.read(); packet; packet = await stream.read()) packets.push(packet);
    return { packets, end: undefined };
  } catch (end) {
    return { packets, end };
  } finally {
    await stream.close();
  }
};

test.each(['h264', 'h265'] as const)('decodes to as many pictures of %s as with FFmpeg', async (codec) => {
  const expected = await countPicturesByFfmpeg(simulator.url(`/${codec}`));

  const { packets } = await readAll(await open(simulator.url(`/${codec}`)));

  const units = packets.map(({ data }) => data);
  expect(countPictures(codec, units)).toBe(expected);
  expect(packets).toHaveLength(75);
  expect(packets.filter(({ isKeyframe }) => isKeyframe)).toHaveLength(3);
  // From any keyframe on, with nothing before it.
  const second = packets.findIndex(({ isKeyframe }, index) => isKeyframe && index > 0);
  expect(countPictures(codec, units.slice(second))).toBe(75 - second);
});

test.each([
  ['digest', credentials],
  ['basic', credentials],
  ['sound', undefined],
])('reads pictures of a camera with %s', async (mount, given) => {
  const stream = await open(simulator.url(`/${mount}`), given);

  const packets: ReadPacket[] = [];
  for (let packet = await stream.read(); packet; packet = await stream.read()) {
    if (packets.push(packet) === 30) stream.interrupt();
  }
  await stream.close();

  const times = packets.map(({ ptsUs = 0 }) => ptsUs);
  const steps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
  expect(new Set(steps)).toEqual(new Set([40]));
});

test('tells when the light hit the sensor, as soon as the camera has', async () => {
  const stream = await open(simulator.url('/clock'));

  let packet = await stream.read();
  while (packet && packet.producedAt === undefined) packet = await stream.read();
  await stream.close();

  expect(Math.abs(Date.now() - (packet?.producedAt ?? 0))).toBeLessThan(5_000);
});

test.each([
  ['/digest', 'unauthorised', { user: 'viewer', password: 'hunter2' }],
  ['/basic', 'unauthorised', { user: 'viewer', password: 'hunter2' }],
  ['/digest', 'unauthorised', undefined],
  ['/nowhere', 'not-found', undefined],
  ['/audio', 'no-video', undefined],
])('says of %s that it is %s', async (mount, cause, given) => {
  await expect(open(simulator.url(mount), given)).rejects.toMatchObject({ code: `stream-${cause}` });
});

test('says when the camera closes the connection, and when it is gone', async () => {
  const own = await openSimulator({ mounts: [{ path: '/live', file }] });
  const gone = await open(own.url('/live'));
  const closed = await open(simulator.url('/close'));
  await gone.read();

  process.kill(own.pid, 'SIGKILL');
  const ends = await Promise.all([readAll(gone), readAll(closed)]);
  await own.close();

  for (const { end } of ends) expect(end).toMatchObject({ code: 'stream-closed-by-camera' });
});
