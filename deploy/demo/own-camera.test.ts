import { expect, test } from 'vitest';
import { openOwnCamera } from './own-camera.ts';

test('allows the host of the camera alone', async () => {
  const { site } = await openOwnCamera('rtsp://192.168.7.9:554/live', {});

  expect(site.site.allowedNetworks).toEqual(['192.168.7.9/32']);
  expect(site.cameras[0]?.stream).toEqual({ url: 'rtsp://192.168.7.9:554/live' });
});

test('keeps user and password out of the site file', async () => {
  const source = await openOwnCamera('rtsp://[::1]/live', {
    CAMERA_USER: 'admin',
    CAMERA_PASSWORD: 's3cret',
  });

  expect(JSON.stringify(source.site)).not.toContain('s3cret');
  expect(source.site.site.allowedNetworks).toEqual(['::1/128']);
  expect(source.env).toEqual({
    XUELIANG_CAMERA_OWN_CAMERA_USER: 'admin',
    XUELIANG_CAMERA_OWN_CAMERA_PASSWORD: 's3cret',
  });
});

test.each(['camera', 'http://host/x', 'rtsp://', 'rtsp://admin:s3cret@host/x', '-rtsp://host/x'])(
  'refuses %s without quoting it',
  async (address) => {
    const error = await openOwnCamera(address, {}).catch((e: unknown) => e);

    expect(error).toMatchObject({ code: 'demo-camera-invalid', kind: 'invalid' });
    expect(String(error)).not.toContain('s3cret');
  },
);
