import { expect, test } from 'vitest';
import { parseReply, videoCodecsOf } from './rtsp-reply.ts';

const reply = (text: string) => parseReply(Buffer.from(text.replaceAll('\n', '\r\n')));

test('reads status, headers and body', () => {
  expect(
    reply(
      'RTSP/1.0 200 OK\nCSeq: 2\nContent-Length: 5\nWWW-Authenticate: Basic\nwww-authenticate: Digest x\n\nv=0ab',
    ),
  ).toEqual({
    status: 200,
    headers: new Map([
      ['cseq', ['2']],
      ['content-length', ['5']],
      ['www-authenticate', ['Basic', 'Digest x']],
    ]),
    body: 'v=0ab',
  });
});

test.each(['', 'RT', 'RTSP/1.0 200 OK\nCSeq: 2\n', 'RTSP/1.0 200 OK\nContent-Length: 50\n\nv=0'])(
  'waits for the rest of %j',
  (text) => {
    expect(reply(text)).toBe('incomplete');
  },
);

test.each(['HTTP/1.1 200 OK\n\n', 'INFO {"server_id"', 'RTSP/1.0 ok\n\n', '\0\0\0\0\0\0\0\0\0\0'])(
  'does not take %j for RTSP',
  (text) => {
    expect(reply(text)).toBeUndefined();
  },
);

test.each([
  ['v=0\r\ns=x\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\nm=audio 0 RTP/AVP 8\r\n', ['H264']],
  ['v=0\r\nm=audio 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n', []],
  ['v=0\nm=video 0 RTP/AVP 98\na=rtpmap:97 H265/90000\na=rtpmap:98 AV1/90000\n', ['AV1']],
  ['v=0\r\nm=video 0 RTP/AVP 26\r\n', ['JPEG']],
  ['v=0\r\nm=video 0 RTP/AVP 96\r\n', ['?']],
  ['', []],
])('finds the video codecs of %j', (sdp, codecs) => {
  expect(videoCodecsOf(sdp)).toEqual(codecs);
});
