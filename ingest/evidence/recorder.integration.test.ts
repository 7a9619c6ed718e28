import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvidenceRequest } from '../../core/stages.ts';
import {
  decodingErrors,
  encodeFootage,
  type FootageOptions,
  frameOf,
  probe,
} from '../../test/fixtures/evidence/live-footage.ts';
import { openPlayedCamera, type PlayedCameraOptions } from '../../test/fixtures/evidence/played-camera.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';

const fps = 25;
const base: FootageOptions = { codec: 'h264', seconds: 40, fps, gopSeconds: 2, bFrames: 0 };

const kinds = {
  plain: base,
  reordered: { ...base, bFrames: 2 },
  h265: { ...base, codec: 'h265', bFrames: 2 },
  longGop: { ...base, gopSeconds: 12 },
} as const satisfies Record<string, FootageOptions>;
type Kind = keyof typeof kinds;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  for (const [kind, options] of Object.entries(kinds))
    await encodeFootage(join(folder, `${kind}.ts`), options);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const openCamera = (kind: Kind, options: Partial<PlayedCameraOptions> = {}) =>
  openPlayedCamera({
    source: join(folder, `${kind}.ts`),
    codec: kinds[kind].codec,
    folder: join(folder, 'store'),
    ...options,
  });

/** Peak signal-to-noise ratio in dB: 30 and more is the same picture through a JPEG. */
const psnr = (one: Buffer, other: Buffer): number => {
  if (one.length !== other.length) return 0;
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += ((one[index] ?? 0) - (other[index] ?? 0)) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / one.length));
};

const pixelsOf = (path: string): Promise<Buffer> => sharp(path).removeAlpha().raw().toBuffer();

/** Names of an MP4's top-level boxes in their order (ISO/IEC 14496-12). */
const boxesOf = async (path: string): Promise<string[]> => {
  const bytes = await readFile(path);
  const names: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += Math.max(8, bytes.readUInt32BE(at))) {
    names.push(bytes.toString('latin1', at + 4, at + 8));
  }
  return names;
};

describe('createEvidenceRecorder', () => {
  it.each([
    ['plain', 'h264', 'avc1', true],
    ['reordered', 'h264', 'avc1', true],
    ['h265', 'hevc', 'hvc1', false],
  ] as const)('cuts a clip that plays from %s footage', async (kind, codec, tag, isPlayable) => {
    const camera = await openCamera(kind);
    camera.play(13);
    const alertId = camera.ask(12.4);
    camera.play(20);
    const item = await camera.itemOf(alertId, 'clip');
    const path = camera.pathOf(alertId, 'clip');
    const { packets, streams } = await probe(path);
    const steps = packets.slice(1).map((packet, index) => packet.dts - (packets[index]?.dts ?? 0));

    // From the keyframe at 6 s to 17.4 s, both included.
    expect(streams[0]).toMatchObject({ codec_name: codec, codec_tag_string: tag, start_time: '0.000000' });
    expect(Number(streams[0]?.['nb_read_frames'])).toBe(packets.length);
    expect(Math.abs(packets.length - 11.4 * fps)).toBeLessThanOrEqual(3);
    expect(item).toMatchObject({ width: 640, height: 360, isPlayable, isShortened: false });
    expect(Math.abs((item.durationMs ?? 0) - 11_440)).toBeLessThanOrEqual(160);
    expect(packets[0]?.flags).toMatch(/^K/);
    expect(steps.every((step) => step > 0)).toBe(true);
    expect((await boxesOf(path)).filter((name) => name !== 'free')).toEqual(['ftyp', 'moov', 'mdat']);
    expect(await decodingErrors(path)).toBe('');
    await camera.close();
  });

  it.each([
    ['plain', 12.4],
    ['reordered', 12.44],
    ['reordered', 12.48],
    ['h265', 12.44],
    ['longGop', 23.6],
  ] as const)('makes the snapshot of %s footage from exactly the frame at %d s', async (kind, at) => {
    const camera = await openCamera(kind);
    camera.play(at + 1);
    const alertId = camera.ask(at);
    const item = await camera.itemOf(alertId, 'snapshot');
    const shown = await pixelsOf(camera.pathOf(alertId, 'snapshot'));
    const index = Math.round(at * fps);
    const [before, same, after] = await Promise.all(
      [index - 1, index, index + 1].map(async (each) => psnr(shown, await frameOf(camera.source, each))),
    );

    expect(item).toMatchObject({ width: 640, height: 360 });
    expect(same).toBeGreaterThan(27);
    expect(Math.max(before ?? 0, after ?? 0)).toBeLessThan(23);
    await camera.close();
  });

  it('draws the boxes and the zone onto the snapshot', async () => {
    const camera = await openCamera('plain');
    camera.play(10);
    const outline: EvidenceRequest['outline'] = [
      [0.1, 0.1],
      [0.9, 0.1],
      [0.9, 0.9],
      [0.1, 0.9],
    ];
    const boxes = [{ box: { x: 0.25, y: 0.25, w: 0.25, h: 0.5 }, label: 'person' as const }];
    const [bare, drawn] = [camera.ask(9.6), camera.ask(9.6, { boxes, outline })];
    await Promise.all([bare, drawn].map((alertId) => camera.itemOf(alertId, 'snapshot')));
    const without = await pixelsOf(camera.pathOf(bare, 'snapshot'));
    const withLines = await pixelsOf(camera.pathOf(drawn, 'snapshot'));
    const changeAt = (x: number, y: number): number =>
      [0, 1, 2].reduce((sum, colour) => {
        const at = (y * 640 + x) * 3 + colour;
        return sum + Math.abs((withLines[at] ?? 0) - (without[at] ?? 0));
      }, 0);

    // On the left edges of box and zone, then between them and inside the box.
    expect([changeAt(160, 180) > 60, changeAt(64, 180) > 60]).toEqual([true, true]);
    expect([changeAt(110, 180) < 20, changeAt(240, 180) < 20]).toEqual([true, true]);
    await camera.close();
  });

  it('begins the clip at the keyframe when the GOP is longer than the pre-roll', async () => {
    const camera = await openCamera('longGop');
    camera.play(24);
    const alertId = camera.ask(23.4);
    camera.play(30);
    const item = await camera.itemOf(alertId, 'clip');
    const { packets } = await probe(camera.pathOf(alertId, 'clip'));

    // From 12 s to 28.4 s.
    expect(packets.length).toBe(411);
    expect(item).toMatchObject({ isShortened: false, startedAt: expect.any(Number) });
    expect(await decodingErrors(camera.pathOf(alertId, 'clip'))).toBe('');
    await camera.close();
  });

  it('keeps the pre-roll of a clip that is longer than the ring', async () => {
    const camera = await openCamera('plain', { ringSeconds: 6 });
    camera.play(10);
    const alertId = camera.ask(9.6, { postSeconds: 20 });
    camera.play(31);

    expect(await camera.itemOf(alertId, 'clip')).toMatchObject({ isShortened: false });
    // From 4 s to 29.6 s.
    expect((await probe(camera.pathOf(alertId, 'clip'))).packets.length).toBe(641);
    await camera.close();
  });

  it('writes a shortened clip when the camera dies during the post-roll', async () => {
    const camera = await openCamera('plain');
    camera.play(14);
    const alertId = camera.ask(13.4);
    camera.ring.clear();
    await camera.clock.advance(10_000);
    camera.recorder.poll();

    const item = await camera.itemOf(alertId, 'clip');

    expect(item).toMatchObject({ isShortened: true, isPlayable: true });
    expect(Math.abs((item.durationMs ?? 0) - 6040)).toBeLessThanOrEqual(80);
    expect(await decodingErrors(camera.pathOf(alertId, 'clip'))).toBe('');
    expect(await camera.itemOf(alertId, 'snapshot')).toMatchObject({ width: 640 });
    await camera.close();
  });

  it('serves two requests that overlap', async () => {
    const camera = await openCamera('reordered');
    camera.play(13);
    const [first, second] = [camera.ask(11), camera.ask(12.4, { preSeconds: 2, postSeconds: 8 })];
    camera.play(30);
    const counts = await Promise.all(
      [first, second].map(async (alertId) => {
        await camera.itemOf(alertId, 'clip');
        await camera.itemOf(alertId, 'snapshot');
        return (await probe(camera.pathOf(alertId, 'clip'))).packets.length;
      }),
    );

    expect(Math.abs((counts[0] ?? 0) - 10 * fps)).toBeLessThanOrEqual(3);
    expect(Math.abs((counts[1] ?? 0) - 10.4 * fps)).toBeLessThanOrEqual(3);
    expect(camera.recorder.counts).toEqual({ requested: 2, refused: 0, written: 4, missing: 0 });
    await camera.close();
  });

  it('makes what it can of packets that were lost or damaged', async () => {
    const camera = await openCamera('plain');
    let count = 0;
    const damage = (packet: EncodedPacket): EncodedPacket | undefined => {
      count++;
      if (packet.isKeyframe) return packet;
      if (count % 7 === 0) return undefined;
      return count % 5 === 0
        ? { ...packet, data: Buffer.from(packet.data.map((byte) => byte ^ 0x5a)) }
        : packet;
    };
    camera.play(13, damage);
    const alertId = camera.ask(12.4);
    camera.play(20, damage);

    const clip = await camera.itemOf(alertId, 'clip');

    expect(clip).toMatchObject({ width: 640, codec: 'h264' });
    expect((await probe(camera.pathOf(alertId, 'clip'))).packets.length).toBeGreaterThan(150);
    expect(await camera.itemOf(alertId, 'snapshot')).toMatchObject({ width: 640 });
    await camera.close();
  });

  it('gives a reason when nothing of the moment can be decoded', async () => {
    const camera = await openCamera('plain');
    camera.play(3, (packet) => ({ ...packet, data: Buffer.alloc(packet.data.length, 0xff) }));

    expect(await camera.reasonOf(camera.ask(2.4), 'snapshot')).toMatch(/^evidence-undecodable: /);
    await camera.close();
  });

  it('gives a reason when the moment is no longer held, and still writes what is', async () => {
    const camera = await openCamera('plain', { ringSeconds: 4 });
    camera.play(20);
    const [gone, partly] = [camera.ask(5), camera.ask(14)];

    expect(await camera.reasonOf(gone, 'snapshot')).toBe(
      'moment-not-held: the packets of that moment are no longer held',
    );
    expect(await camera.reasonOf(gone, 'clip')).toMatch(/^moment-not-held: /);
    expect(await camera.reasonOf(partly, 'snapshot')).toMatch(/^moment-not-held: /);
    expect(await camera.itemOf(partly, 'clip')).toMatchObject({ isShortened: true });
    await camera.close();
  });
});
