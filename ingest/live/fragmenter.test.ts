import { expect, test } from 'vitest';
import type { LiveChunk } from '../../core/stages.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import type { Coding } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { Fragmenter } from './fragmenter.ts';

const startCode = [0, 0, 0, 1];
const coding: Coding = {
  codec: 'h264',
  parameterSets: Buffer.from([...startCode, 0x67, 0x42, 0xc0, 0x1e, 1, ...startCode, 0x68, 0xce, 1]),
  size: { width: 640, height: 480 },
};

const packet = (ms: number, facts: Partial<EncodedPacket> = {}): EncodedPacket => ({
  data: Buffer.from([...startCode, 0x41, ms & 0xff, 9]),
  ...{ coding, ptsUs: ms * 1000, dtsUs: ms * 1000, isKeyframe: ms === 0 },
  ...{ capturedAt: 1_767_614_400_500 + ms, receivedAt: 0 },
  ...facts,
});

/** The boxes of some bytes, in order, each with what is in it. */
const boxesOf = (bytes: Buffer): { type: string; content: Buffer }[] => {
  const boxes = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    const content = bytes.subarray(at + 8, at + bytes.readUInt32BE(at));
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), content });
  }
  return boxes;
};

const contentOf = (bytes: Uint8Array, ...types: string[]): Buffer =>
  types.reduce((inner: Buffer, type) => {
    const found = boxesOf(inner).find((one) => one.type === type);
    return found?.content ?? Buffer.alloc(0);
  }, Buffer.from(bytes));

const fragmentsOf = (chunks: readonly LiveChunk[]) =>
  chunks.flatMap((chunk) => (chunk.type === 'fragment' ? [chunk.bytes] : []));

test('begins with what a player must know', () => {
  const [start] = new Fragmenter().take(packet(0));

  expect(start).toMatchObject({ type: 'start', codec: 'avc1.42c01e', width: 640, height: 480 });
  const init = start?.type === 'start' ? Buffer.from(start.init) : Buffer.alloc(0);
  expect(boxesOf(init).map(({ type }) => type)).toEqual(['ftyp', 'moov']);
  expect(boxesOf(contentOf(init, 'moov')).map(({ type }) => type)).toEqual(['mvhd', 'trak', 'mvex']);
});

test('makes of each packet one fragment, with its time of light and its units by length', () => {
  const fragmenter = new Fragmenter();
  const [, first] = fragmentsOf([packet(0), packet(40)].flatMap((one) => fragmenter.take(one)));
  const bytes = Buffer.from(first ?? []);

  expect(boxesOf(bytes).map(({ type }) => type)).toEqual(['prft', 'moof', 'mdat']);
  expect(contentOf(bytes, 'mdat')).toEqual(Buffer.from([0, 0, 0, 3, 0x41, 40, 9]));
  const told = contentOf(bytes, 'prft');
  expect(told.readUInt32BE(8) - 2_208_988_800).toBe(1_767_614_400);
  expect(told.readUInt32BE(12) / 2 ** 32).toBeCloseTo(0.54, 6);
  expect(contentOf(bytes, 'moof', 'traf', 'tfdt').readBigUInt64BE(4)).toBe(3600n);
});

test('points at the data behind the box that says so', () => {
  const [bytes] = fragmentsOf(new Fragmenter().take(packet(0)));
  const [told, moof] = boxesOf(Buffer.from(bytes ?? []));
  const offset = contentOf(bytes ?? new Uint8Array(), 'moof', 'traf', 'trun').readInt32BE(8);

  expect(told?.type).toBe('prft');
  expect(offset).toBe((moof?.content.length ?? 0) + 8 + 8);
});

test('has decoding times that grow, whatever the camera sends', () => {
  const fragmenter = new Fragmenter();
  const sent = [0, 40, 40, 39, 80].map((ms, index) => packet(ms, { isKeyframe: index === 0 }));

  const times = fragmentsOf(sent.flatMap((one) => fragmenter.take(one))).map((bytes) =>
    Number(contentOf(bytes, 'moof', 'traf', 'tfdt').readBigUInt64BE(4)),
  );

  expect(times).toEqual([0, 3600, 3601, 3602, 7200]);
});

test('starts anew at a keyframe of another coding, and waits for one', () => {
  const fragmenter = new Fragmenter();
  const other: Coding = { ...coding, size: { width: 320, height: 240 } };
  const sent = [
    packet(0),
    packet(40),
    packet(80, { coding: other }),
    packet(120, { coding: other, isKeyframe: true }),
  ];

  const types = sent.map((one) => fragmenter.take(one).map(({ type }) => type));

  expect(types).toEqual([['start', 'fragment'], ['fragment'], [], ['start', 'fragment']]);
});

test.each<[string, object]>([
  ['whose size nobody knows yet', { size: undefined }],
  ['without parameter sets', { parameterSets: Buffer.alloc(0) }],
  ['of H.265 whose sets are cut short', { codec: 'h265', parameterSets: Buffer.from([0, 0, 1, 0x42, 1, 1]) }],
])('says nothing of a coding %s', (_, change) => {
  expect(new Fragmenter().take(packet(0, { coding: { ...coding, ...change } as Coding }))).toEqual([]);
});

test('survives parameter sets of any bytes', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  for (let round = 0; round < 300; round++) {
    const units = [0x40, 0x42, 0x44].flatMap((type) => [
      ...startCode,
      type,
      ...Array.from({ length: random(40) }, () => random(256)),
    ]);
    const broken: Coding = { ...coding, codec: 'h265', parameterSets: Buffer.from(units) };

    expect(() => new Fragmenter().take(packet(0, { coding: broken })), `seed ${seed}`).not.toThrow();
  }
});

test('begins nothing with a parameter set that is longer than its length can say', () => {
  const set = Buffer.concat([Buffer.from([...startCode, 0x67]), Buffer.alloc(70_000, 0x42)]);
  const parameterSets = Buffer.concat([set, Buffer.from([...startCode, 0x68, 0xce, 1])]);

  expect(new Fragmenter().take(packet(0, { coding: { ...coding, parameterSets } }))).toEqual([]);
});

test('begins with a box of ours that names no other file, whatever the camera’s parameter sets are', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const playlist = Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n');
  for (let round = 0; round < 300; round++) {
    const long = round % 50 === 0 ? 70_000 : 40;
    const noise = () =>
      Buffer.from(Array.from({ length: random.whole(3, long) }, () => random.whole(0, 255)));
    const spoilt = Buffer.concat(
      [0x67, 0x68].flatMap((type) => [Buffer.from([...startCode, type]), noise(), playlist]),
    );

    const chunks = new Fragmenter().take(
      packet(0, { coding: { ...coding, parameterSets: spoilt }, data: playlist }),
    );

    const [start] = chunks;
    if (start?.type !== 'start') {
      expect(chunks, `seed ${seed}`).toEqual([]);
      continue;
    }
    const init = Buffer.from(start.init);
    expect(
      boxesOf(init).map(({ type }) => type),
      `seed ${seed}`,
    ).toEqual(['ftyp', 'moov']);
    const references = contentOf(init, 'moov', 'trak', 'mdia', 'minf', 'dinf', 'dref');
    // One entry, and its flag: the data lies in this very file (ISO/IEC 14496-12, 8.7.2).
    expect(references, `seed ${seed}`).toEqual(
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, ...Buffer.from('url '), 0, 0, 0, 1]),
    );
  }
});
