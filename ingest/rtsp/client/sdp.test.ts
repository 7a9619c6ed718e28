import { expect, test } from 'vitest';
import { parseSdp } from './sdp.ts';
import { chooseVideoTrack } from './video-track.ts';

const camera = [
  'v=0',
  'o=- 1 1 IN IP4 10.1.2.3',
  's=Media',
  'a=control:rtsp://10.1.2.3/live/',
  't=0 0',
  'm=audio 0 RTP/AVP 8',
  'a=rtpmap:8 PCMA/8000',
  'a=control:trackID=0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 profile-level-id=4D001F;packetization-mode=1; sprop-parameter-sets=Z00AHw==,aO4=',
  'a=control:trackID=1',
  '',
];

const withFormat = (format: string, map = 'H264/90000', protocol = 'RTP/AVP'): string =>
  ['v=0', `m=video 0 ${protocol} 96`, `a=rtpmap:96 ${map}`, `a=fmtp:96 ${format}`].join('\r\n');

test.each(['\r\n', '\n', '\r'])('reads the video track of a description with lines ended by %j', (end) => {
  const { control, video } = parseSdp(camera.join(end));

  expect(control).toBe('rtsp://10.1.2.3/live/');
  expect(chooseVideoTrack(video)).toEqual({
    track: {
      codec: 'h264',
      payloadType: 96,
      clockRate: 90_000,
      parameterSets: [Buffer.from([0x67, 0x4d, 0, 0x1f]), Buffer.from([0x68, 0xee])],
    },
    control: 'trackID=1',
  });
});

test('reads the parameter sets of H.265, whatever their order', () => {
  const { video } = parseSdp(withFormat('sprop-pps=RAHA;sprop-vps=QAEM;sprop-sps=QgEB', 'H265/90000'));

  expect(chooseVideoTrack(video).track.parameterSets.map((set) => set[0])).toEqual([0x40, 0x42, 0x44]);
});

test.each([
  ['v=0\r\ns=x\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\nm=audio 0 RTP/AVP 8\r\n', ['H264']],
  ['v=0\r\nm=audio 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n', []],
  ['v=0\nm=video 0 RTP/AVP 98\na=rtpmap:97 H265/90000\na=rtpmap:98 AV1/90000\n', ['AV1']],
  ['v=0\r\nm=video 0 RTP/AVP 26\r\n', ['JPEG']],
  ['v=0\r\nm=video 0 RTP/AVP 96\r\n', ['?']],
  ['v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 h265/90000', ['H265']],
  ['', []],
])('finds the video codecs of %j', (sdp, codecs) => {
  expect(parseSdp(sdp).video.map(({ codec }) => codec)).toEqual(codecs);
});

test.each([
  ['no video', '', 'stream-no-video'],
  ['another codec', withFormat('', 'MP4V-ES/90000'), 'stream-unsupported-codec'],
  ['interleaved packetisation', withFormat('packetization-mode=2'), 'stream-unusual'],
  ['decoding order numbers', withFormat('sprop-max-don-diff=2', 'H265/90000'), 'stream-unusual'],
  ['encryption', withFormat('', 'H264/90000', 'RTP/SAVP'), 'stream-unusual'],
  ['a clock that stands', withFormat('', 'H264/0'), 'stream-unusual'],
])('does not play %s', (_, sdp, code) => {
  expect(() => chooseVideoTrack(parseSdp(sdp).video)).toThrow(expect.objectContaining({ code }));
});
