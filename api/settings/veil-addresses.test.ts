import { expect, test } from 'vitest';
import { unveilResource, veilAddress, veilResource } from './veil-addresses.ts';

test.each([
  ['rtsp://admin:hunter2@10.0.0.1/ch1', 'rtsp://***@10.0.0.1/ch1'],
  ['rtsp://admin:hun@ter2@10.0.0.1/ch1', 'rtsp://***@10.0.0.1/ch1'],
  ['rtsp://10.0.0.1/user=admin_password=x_channel=1.sdp?real', 'rtsp://10.0.0.1/user=***?real'],
  [
    'rtsp://10.0.0.1/user=admin&password=hunter2/ch1?token=hunter2',
    'rtsp://10.0.0.1/user=***&password=***/ch1?token=***',
  ],
  ['https://hooks.example/send?access_token=abc&x=1', 'https://hooks.example/send?access_token=***&x=1'],
  ['rtsp://10.0.0.1:554/Streaming/Channels/101', 'rtsp://10.0.0.1:554/Streaming/Channels/101'],
])('%s is shown as %s', (address, shown) => {
  expect(veilAddress(address)).toBe(shown);
});

const stored = { id: 'gate-1', stream: { url: 'rtsp://10.0.0.1/password=hunter2' } };

test('what comes back as it was shown keeps what is stored', () => {
  expect(unveilResource({ ...(veilResource(stored) as object), name: '村口' }, stored)).toEqual({
    ...stored,
    name: '村口',
  });
});

test('a secret does not go along to another host', () => {
  const moved = { ...stored, stream: { url: 'rtsp://evil.example/password=***' } };

  expect(unveilResource(moved, stored)).toEqual(moved);
});
