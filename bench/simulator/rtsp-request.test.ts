import { describe, expect, it } from 'vitest';
import { RequestParser } from './rtsp-request.ts';

const request = (method: string, sequence: number, body = ''): string =>
  `${method} rtsp://127.0.0.1/town/cam-001 RTSP/1.0\r\nCSeq: ${sequence}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const receiverReport = Buffer.from([0x24, 1, 0, 4, 0x0d, 0x0a, 0x0d, 0x0a]);

describe('RequestParser', () => {
  it('takes requests out of what else a client sends, however it is cut', () => {
    const sent = Buffer.concat([
      Buffer.from(request('OPTIONS', 1) + request('GET_PARAMETER', 2, 'position')),
      receiverReport,
      Buffer.from(request('TEARDOWN', 3)),
    ]);
    for (let cut = 1; cut < sent.length; cut++) {
      const parser = new RequestParser();

      const requests = [...parser.push(sent.subarray(0, cut)), ...parser.push(sent.subarray(cut))];

      expect(requests.map(({ method, headers }) => `${method} ${headers.get('cseq')}`)).toEqual([
        'OPTIONS 1',
        'GET_PARAMETER 2',
        'TEARDOWN 3',
      ]);
    }
  });

  it('gives up on a request without an end', () => {
    const parser = new RequestParser();

    expect(() => parser.push(Buffer.alloc(20_000, 'a'))).toThrow(RangeError);
  });
});
