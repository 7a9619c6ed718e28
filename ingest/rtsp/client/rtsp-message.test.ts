import { expect, test } from 'vitest';
import { parseMessage } from './rtsp-message.ts';

const parse = (text: string) => {
  const bytes = Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');
  return parseMessage(bytes, 0, bytes.length);
};

test('reads status, headers and body, and where the next thing begins', () => {
  expect(
    parse(
      'RTSP/1.0 200 OK\nCSeq: 2\nContent-Length: 3\nWWW-Authenticate: Basic\nwww-authenticate: Digest x\n\nv=0$ab',
    ),
  ).toEqual({
    message: {
      status: 200,
      headers: new Map([
        ['cseq', ['2']],
        ['content-length', ['3']],
        ['www-authenticate', ['Basic', 'Digest x']],
      ]),
      body: 'v=0',
    },
    end: 103,
  });
});

test("reads a server's request", () => {
  expect(parse('SET_PARAMETER rtsp://x/ RTSP/1.0\nCSeq: 7\nContent-Length: 2\n\nab')).toMatchObject({
    message: {
      method: 'SET_PARAMETER',
      headers: new Map([
        ['cseq', ['7']],
        ['content-length', ['2']],
      ]),
    },
  });
});

test.each(['', 'RT', 'ANN', 'RTSP/1.0 200 OK\nCSeq: 2\n', 'RTSP/1.0 200 OK\nContent-Length: 50\n\nv=0'])(
  'waits for the rest of %j',
  (text) => {
    expect(parse(text)).toBe('incomplete');
  },
);

test.each([
  ['another protocol', 'HTTP/1.1 200 OK\n\n'],
  ['text', 'INFO {"server_id"'],
  ['a status that is none', 'RTSP/1.0 ok\n\n'],
  ['zeros', '\0\0\0\0\0\0\0\0\0\0'],
  ['a head without end', `RTSP/1.0 200 OK\nX: ${'x'.repeat(20_000)}`],
  ['a body of many megabytes', 'RTSP/1.0 200 OK\nContent-Length: 999999\n\n'],
  ['a length that is none', 'RTSP/1.0 200 OK\nContent-Length: -1\n\n'],
])('does not take %s for RTSP', (_, text) => {
  expect(parse(text)).toBeUndefined();
});
