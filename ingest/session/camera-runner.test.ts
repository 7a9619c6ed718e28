import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { CameraStatus } from '../../core/schema/health.ts';
import { ScriptedRunner } from '../../test/fixtures/ingest/scripted-runner.ts';
import { ScriptedStream } from '../../test/fixtures/ingest/scripted-stream.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';
import { streamError } from '../errors.ts';
import { unusualStream } from '../rtsp/unusual-stream.ts';

const statusCheck = Compile(CameraStatus);

const closedByCamera = () => streamError('closed-by-camera', 'the camera has closed the connection');

const tiersOf = (script: ScriptedRunner): string[] => script.frames.map((frame) => frame.tier);

test('looks closely after opening, then sleeps and looks around every quarter of a minute', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);

  await script.play(42, { stream });

  const awake = tiersOf(script).filter((tier) => tier === 'awake');
  expect(awake).toHaveLength(40);
  expect(tiersOf(script).slice(40)).toEqual(['dormant', 'dormant']);
  expect(script.status).toMatchObject({ state: 'live', tier: 'dormant', gopSeconds: 2, connects: 1 });
  // While it was awake the last packet of each of four GOPs was not wanted; after that, all but its keyframes.
  expect(script.status.dropped.quiet).toBe(4 + 340 - 17);
  expect([...statusCheck.Errors(script.status)]).toEqual([]);
});

test('wakes at the keyframe in which something has changed, looks back to the one before and goes on without a gap', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(20, { stream });
  const before = script.frames.length;

  await script.play(10, { stream, fromMs, packet: (at) => ({ spot: at >= 24_000 ? 200 : 0 }) });

  const woken = script.frames.slice(before);
  // What woke it began after the keyframe before.
  expect(woken[0]).toMatchObject({ tier: 'awake', ptsUs: (script.frames[0]?.ptsUs ?? 0) + 22e6 });
  expect(woken).toHaveLength(40);
  expect(script.status.tier).toBe('awake');
  expect(script.runner.faults.decodeErrors).toBe(0);
});

test('gives the detector what came while it looked back one by one, and leaves none of it out', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(20, { stream });
  const before = script.frames.length;
  script.detectorMs = 120;

  await script.play(8, { stream, fromMs, packet: (at) => ({ spot: at >= 24_000 ? 200 : 0 }) });

  const woken = script.frames
    .slice(before)
    .map(({ ptsUs }) => (ptsUs - (script.frames[0]?.ptsUs ?? 0)) / 1e6);
  expect(woken).toEqual(Array.from({ length: 30 }, (_, index) => 22 + index / 5));
  expect(script.mostWaiting).toBe(1);
});

test('lets what a dormant camera sends wait for a while, and not what somebody wants to see', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const opened = await script.play(4, { stream });
  const rests = [stream.restMs];
  const asleep = await script.play(16, { stream, fromMs: opened });
  rests.push(stream.restMs);

  script.runner.wantLive(true);
  rests.push(stream.restMs);
  const watched = await script.play(1, { stream, fromMs: asleep });
  rests.push(stream.restMs);
  script.runner.wantLive(false);
  const alone = await script.play(1, { stream, fromMs: watched });
  rests.push(stream.restMs);
  script.runner.keepAwake(5_000, 3);
  rests.push(stream.restMs);
  await script.play(1, { stream, fromMs: alone });
  rests.push(stream.restMs);

  expect(rests).toEqual([0, 200, 0, 0, 200, 0, 0]);
});

test('spares the detector a dormant picture that is still the one in which it found nothing', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(30, { stream });
  const shown = script.frames.length;

  script.runner.sawNothing();
  await script.play(64, { stream, fromMs });

  expect(script.frames.at(shown - 1)?.tier).toBe('dormant');
  expect(script.repeats.map(({ tier, cameraId }) => `${tier} ${cameraId}`)).toEqual(
    new Array(2).fill('dormant gate-1'),
  );
  // By the script's chance the first run is one of two; of what came after nobody says that it was empty.
  expect(script.frames).toHaveLength(shown + 2);
  expect(script.status.dropped['detector-busy']).toBe(0);
});

test('shows the detector a dormant picture that has changed by less than would wake the camera', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(30, { stream, packet: () => ({ spot: 100 }) });
  const shown = script.frames.length;

  script.runner.sawNothing();
  await script.play(16, { stream, fromMs, packet: () => ({ spot: 104 }) });

  expect(script.status.tier).toBe('dormant');
  expect([script.frames.length - shown, script.repeats.length]).toEqual([1, 0]);
});

test('shows the detector every dormant picture while nobody says that it found nothing', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);

  await script.play(64, { stream });

  expect(script.frames.filter(({ tier }) => tier === 'dormant').length).toBeGreaterThanOrEqual(3);
  expect(script.repeats).toEqual([]);
});

test('decodes the open GOP at once when somebody wants the camera awake', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(20, { stream });
  stream.send({ ptsMs: fromMs, isKeyframe: true });
  for (let ms = 100; ms < 1000; ms += 100) {
    await script.pass(100);
    stream.send({ ptsMs: fromMs + ms });
  }
  const before = script.frames.length;

  script.runner.keepAwake(5_000, 10);
  await script.pass(100);
  stream.send({ ptsMs: fromMs + 1000 });
  await script.pass(100);

  expect(script.frames.slice(before).map((frame) => frame.tier)).toEqual(new Array(11).fill('awake'));
  expect(script.decoders.opened.at(-1)?.decoded.slice(-11)).toEqual(
    Array.from({ length: 11 }, (_, index) => 200 + index),
  );
  expect(script.runner.faults.decodeErrors).toBe(0);
});

test('decodes an awake camera’s packets in one go when a picture of them is wanted', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const decodedAfter: number[] = [];

  for (let index = 0; index <= 10; index++) {
    await script.play(0.04, {
      stream,
      fps: 25,
      fromMs: index * 40,
      packet: () => ({ isKeyframe: index === 0 }),
    });
    decodedAfter.push(script.decoders.opened[0]?.decoded.length ?? 0);
  }

  // Five looks a second are every fifth of 25 pictures.
  expect(decodedAfter).toEqual([1, 1, 1, 1, 1, 6, 6, 6, 6, 6, 11]);
  expect(script.frames.map(({ ptsUs }) => ptsUs - (script.frames[0]?.ptsUs ?? 0))).toEqual([0, 2e5, 4e5]);
});

test('does not decode what waits when a keyframe comes', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);

  await script.play(6, { stream, fps: 25 });

  const decoded = new Set(script.decoders.opened[0]?.decoded);
  const skipped = Array.from({ length: 100 }, (_, number) => number).filter((number) => !decoded.has(number));
  // Of fifty packets a GOP the last four come after the last look.
  expect(skipped).toEqual([46, 47, 48, 49, 96, 97, 98, 99]);
  expect(script.frames).toHaveLength(30);
  expect(script.runner.faults.decodeErrors).toBe(0);
  expect(script.status.dropped.quiet).toBe(8);
});

test('decodes each packet at once where pictures come out later than they are sent', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  script.decoders.holdsBack = true;

  await script.play(4, { stream, fps: 25 });

  expect(script.decoders.opened[0]?.decoded).toHaveLength(100);
  expect(script.frames).toHaveLength(20);
});

test('goes on decoding a camera whose keyframes are far apart, without giving more to the detector', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);

  await script.play(40, { stream, gopSeconds: 10 });

  expect(script.status).toMatchObject({ tier: 'dormant', state: 'live' });
  // What follows the gate's last picture of a GOP is not needed, nor had by the end.
  const decoded = new Set(script.decoders.opened[0]?.decoded);
  const skipped = Array.from({ length: 400 }, (_, number) => number).filter((number) => !decoded.has(number));
  expect(skipped).toEqual([99, 198, 199, 297, 298, 299, 396, 397, 398, 399]);
  expect(tiersOf(script).slice(40)).toEqual(['dormant', 'dormant']);
  expect(script.status.dropped.quiet).toBe(6);
});

test('opens a stalled camera again, with times and session going on', async () => {
  const streams = [new ScriptedStream(), new ScriptedStream()] as const;
  const script = new ScriptedRunner([...streams]);
  await script.play(5, { stream: streams[0] });

  await script.pass(11_000);
  expect(script.status).toMatchObject({ state: 'lost', cause: 'stalled' });
  expect(streams[0].isClosed).toBe(true);
  await script.play(2, { stream: streams[1], fromMs: 77_000 });

  const [first, ...rest] = script.frames;
  const last = rest.at(-1);
  expect(script.status).toMatchObject({ state: 'live', connects: 2 });
  expect(script.states).toEqual(['connecting', 'live', 'lost', 'live']);
  expect((last?.ptsUs ?? 0) - (first?.ptsUs ?? 0)).toBeCloseTo(17.8e6, -5);
  expect(last?.session).toBeGreaterThan(first?.session ?? 0);
});

test('says that a camera is silent before it gives up its connection, and that it is back', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(5, { stream });

  await script.pass(6_000);
  expect(script.status).toMatchObject({ state: 'lost', cause: 'stalled' });
  expect(script.clock.now() - script.status.since).toBeGreaterThanOrEqual(6_000);
  expect(stream.isClosed).toBe(false);
  await script.play(2, { stream, fromMs: fromMs + 6_000 });

  expect(script.status).toMatchObject({ state: 'live', connects: 1 });
  expect(script.states).toEqual(['connecting', 'live', 'lost', 'live']);
});

test('makes nothing of packets that could not be read while its thread was held up', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  await script.play(5, { stream });

  await script.clock.advance(7_000);
  script.runner.tick();
  expect(script.status.state).toBe('live');
  await script.pass(1_000);

  expect(script.status.state).toBe('lost');
});

test('makes nothing of a pause of three seconds', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  let fromMs = await script.play(5, { stream });

  for (let pause = 0; pause < 3; pause++) {
    await script.pass(3_000);
    fromMs = await script.play(2, { stream, fromMs: fromMs + 3_000 });
  }

  expect(script.states).toEqual(['connecting', 'live']);
});

test('gives up a camera that sends garbage, and it alone', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream, new ScriptedStream()]);
  const fromMs = await script.play(3, { stream });

  await script.play(9, { stream, fromMs, packet: () => ({ kind: 'garbage' }) });
  expect(script.status.state).toBe('live');
  await script.play(3, { stream, fromMs: fromMs + 9_000, packet: () => ({ kind: 'broken' }) });

  expect(script.status).toMatchObject({ state: 'lost', cause: 'undecodable' });
  expect(script.runner.faults.decodeErrors).toBeGreaterThan(0);
  expect(script.frames.every((frame) => frame.ptsUs < (script.frames[0]?.ptsUs ?? 0) + 3e6)).toBe(true);
});

test('tries again with growing delays and says why until the camera is live', async () => {
  const stream = new ScriptedStream();
  const refused = streamError('refused', 'the camera refuses the connection');
  const script = new ScriptedRunner([refused, refused, refused, stream]);

  await script.pass(500);
  expect(script.status).toMatchObject({
    state: 'lost',
    cause: 'refused',
    message: refused.message,
    connects: 0,
  });
  await script.pass(7_000);
  await script.play(2, { stream });

  const delays = script.openedAt.slice(1).map((at, index) => at - (script.openedAt[index] ?? 0));
  expect(delays).toEqual([550, 1100, 2200]);
  expect(script.status.state).toBe('live');
  expect(script.status.cause).toBeUndefined();
});

test('goes on with a camera that changes its coding, and forgets the packets of before', async () => {
  const stream = new ScriptedStream('small');
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(40, { stream });

  stream.send({ ptsMs: fromMs, isKeyframe: true, coding: 'large' });
  await script.pass(10);

  expect(script.openedAt).toHaveLength(1);
  expect(script.ring?.bytes).toBe(10_000);
});

test.each([
  ['keeps', 'same', 10],
  ['forgets', 'other', 0],
])('%s the packets of before when the camera comes back with the %s coding', async (_, coding, kept) => {
  const streams = [new ScriptedStream('same'), new ScriptedStream(coding)] as const;
  const script = new ScriptedRunner([...streams]);
  await script.play(1, { stream: streams[0] });

  streams[0].fail(closedByCamera());
  await script.pass(2_000);
  await script.play(1, { stream: streams[1] });

  expect(script.ring?.span(0, Number.POSITIVE_INFINITY)).toHaveLength(kept + 10);
});

test('counts frames that the detector has no slot for', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  script.isDetectorStuck = true;

  await script.play(4, { stream });

  expect(script.frames).toHaveLength(4);
  expect(script.status.dropped['detector-busy']).toBe(16);
});

test('does not show the detector pictures of long ago after a jam', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  await script.play(2, { stream });

  await script.pass(4_000);
  for (let ms = 2_000; ms <= 6_000; ms += 100) stream.send({ ptsMs: ms, isKeyframe: ms % 2_000 === 0 });
  await script.pass(10);

  const firstUs = script.frames[0]?.ptsUs ?? 0;
  const ages = script.frames.slice(10).map((frame) => 6e6 - (frame.ptsUs - firstUs));
  expect(script.status.dropped.behind).toBe(10);
  expect(ages).toHaveLength(11);
  expect(Math.max(...ages)).toBeLessThanOrEqual(2e6);
});

test('goes on decoding when a GOP outgrows the ring', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream], { maxBytes: 15_000, keepSeconds: 30 });

  await script.play(8, { stream });

  expect(script.frames).toHaveLength(40);
  expect(script.runner.faults.decodeErrors).toBe(0);
  expect(script.status.ringBytes).toBeLessThanOrEqual(15_000);
});

test('tells of a camera whose clock is an hour off, and does not believe it', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const wallMs = script.clock.now();

  await script.play(2, { stream, packet: (at) => ({ producedAt: wallMs + at - 3.6e6 }) });

  expect(script.status).toMatchObject({ clockQuality: 'arrival', clockOffsetMs: -3.6e6 });
  expect(script.status.message).toContain('3600 s slow');
  expect(script.frames[0]?.capturedAt).toBe(wallMs);
});

test('has closed everything when close resolves', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  await script.play(3, { stream });

  await script.runner.close();

  expect(stream.isClosed).toBe(true);
  expect(script.decoders.opened.every((decoder) => decoder.isClosed)).toBe(true);
  expect(script.ring?.bytes).toBe(0);
  expect(script.clock.sleeping).toBe(0);
});

test('closes while it waits to try again', async () => {
  const script = new ScriptedRunner([streamError('unreachable', 'nothing answers')]);
  await script.pass(100);

  await script.runner.close();

  expect(script.clock.sleeping).toBe(0);
});

test('remembers why it woke, and what became of the frames', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(20, { stream });
  await script.play(5, { stream, fromMs, packet: (at) => ({ spot: at >= 22_000 ? 200 : 0 }) });
  script.runner.keepAwake(5_000, 2);
  await script.pass(1_000);
  const { minutes, tierChanges } = script.runner.record();

  expect(tierChanges.map(({ tier, reason }) => `${tier} ${reason}`)).toEqual([
    'awake opened',
    'dormant quiet',
    'awake picture-changed',
  ]);
  expect(minutes).toHaveLength(1);
  expect(minutes[0]).toMatchObject({ received: 250, dropped: script.status.dropped });
  const { alone, opened } = script.decoders;
  expect(minutes[0]?.decoded).toBe([alone, ...opened].flatMap(({ decoded }) => decoded).length);
  expect(minutes[0]?.wokenMs.scenario).toBe(1000);
});

test('gives up a camera whose keyframes have ceased and whose packets decode to nothing', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream, new ScriptedStream()]);
  const fromMs = await script.play(20, { stream });

  await script.play(12, {
    stream,
    fromMs,
    gopSeconds: 1000,
    packet: () => ({ isKeyframe: false, kind: 'garbage' }),
  });

  expect(script.status).toMatchObject({ state: 'lost', cause: 'undecodable' });
});

test('turns to FFmpeg at once, and for good, when the plain client does not understand the camera', async () => {
  const streams = [new ScriptedStream(), new ScriptedStream()] as const;
  const script = new ScriptedRunner([unusualStream('it has B-frames'), ...streams]);
  await script.play(2, { stream: streams[0] });
  streams[0].fail(closedByCamera());
  await script.pass(2_000);

  expect(script.readers).toEqual(['plain', 'ffmpeg', 'ffmpeg']);
  expect(script.openedAt.slice(0, 2)).toEqual([0, 0]);
  expect(script.states.slice(0, 2)).toEqual(['connecting', 'live']);
});

test('counts what comes before the first keyframe, which can never be decoded', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);

  for (const ptsMs of [0, 100, 200]) stream.send({ ptsMs });
  await script.pass(10);

  expect(script.status.dropped.quiet).toBe(3);
});

test('tells what lies still in its pictures as long as somebody asks for it', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const fromMs = await script.play(10, { stream });
  expect(script.pictures).toEqual([]);

  script.runner.describe(testCamera('gate-1'), { minSize: 0.1 });
  const toMs = await script.play(60, { stream, fromMs });
  const asked = script.pictures.length;
  script.runner.describe(testCamera('gate-1'), undefined);
  await script.play(10, { stream, fromMs: toMs });

  expect(asked).toBeGreaterThan(25);
  expect(script.pictures).toHaveLength(asked);
  expect(script.pictures.at(-1)).toMatchObject({ cameraId: 'gate-1', still: [], gone: [] });
});

test('says in its status what is wrong with a picture that comes, and since when', async () => {
  const stream = new ScriptedStream();
  const script = new ScriptedRunner([stream]);
  const startedAt = script.clock.now();

  await script.play(31.5 * 60, { stream, fps: 1, gopSeconds: 2 });

  expect(script.status).toMatchObject({ state: 'live', picture: { condition: 'frozen' } });
  expect((script.status.picture?.since ?? 0) - startedAt).toBeLessThan(40_000);
  expect([...statusCheck.Errors(script.status)]).toEqual([]);
  stream.fail(streamError('closed-by-camera', 'the camera has closed the connection'));
  await script.pass(1000);
  expect(script.status.picture).toBeUndefined();
});
