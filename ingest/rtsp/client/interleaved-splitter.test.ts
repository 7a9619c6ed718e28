import { expect, test } from 'vitest';
import { toInterleaved, toRtp } from '../../../test/fixtures/ingest/rtp-sender.ts';
import { InterleavedSplitter } from './interleaved-splitter.ts';

const rtp = (sequence: number, size = 20): Buffer =>
  toInterleaved(0, toRtp({ sequence, time: 0, payload: Buffer.alloc(size, 0x24) }));

const reply = Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 4\r\nContent-Length: 3\r\n\r\n$$$');
const request = Buffer.from('OPTIONS rtsp://x RTSP/1.0\r\nCSeq: 1\r\n\r\n');

const split = (chunks: readonly Buffer[], isPlaying = true) => {
  const seen: string[] = [];
  const splitter = new InterleavedSplitter({
    frame: (channel, bytes, begin, end) =>
      seen.push(`${channel}:${channel === 0 ? bytes.readUInt16BE(begin + 2) : ''}:${end - begin}`),
    message: (message) => seen.push('status' in message ? `${message.status}` : message.method),
  });
  if (isPlaying) splitter.expectFrames(0);
  for (const chunk of chunks) splitter.push(chunk, chunk.length);
  return { seen, splitter };
};

const session = [rtp(1), reply, toInterleaved(9, Buffer.alloc(0)), rtp(2, 60_000), request, rtp(3), reply];
const expected = ['0:1:32', '200', '9::0', '0:2:60012', 'OPTIONS', '0:3:32', '200'];

test.each([1, 2, 3, 7, 1460, 70_000, 200_000])('finds frames and messages in pieces of %i bytes', (size) => {
  const bytes = Buffer.concat(session);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

  expect(split(chunks).seen).toEqual(expected);
});

test('finds its way back after garbage', () => {
  const garbage = Buffer.from('$ garbage PLAYing R $$ \x00\xff', 'latin1').subarray(1);
  const { seen, splitter } = split([Buffer.concat([rtp(1), garbage, rtp(2), rtp(3), reply])]);

  expect(seen).toEqual(['0:1:32', '0:2:32', '0:3:32', '200']);
  expect(splitter.skippedBytes).toBe(garbage.length);
});

test('ends a connection that sends nothing but garbage', () => {
  const garbage = Array.from({ length: 40 }, () => Buffer.alloc(32_768, 0xee));

  expect(() => split(garbage)).toThrow(expect.objectContaining({ code: 'stream-undecodable' }));
});

test.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-x\r\n', '\0\0', 'RTSP/2.0 '])(
  'refuses a host that says %j before streaming',
  (text) => {
    expect(() => split([Buffer.from(text)], false)).toThrow(
      expect.objectContaining({ code: 'stream-refused' }),
    );
  },
);
