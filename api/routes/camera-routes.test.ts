import { expect, test, vi } from 'vitest';
import { otherTownship, startAt } from '../../test/fixtures/api/alert-events.ts';
import { cameraStatus, testApi, testCamera } from '../../test/fixtures/api/test-api.ts';

const listening = async () => {
  const api = testApi();
  await api.app.ready();
  api.bus.push('HEALTH', cameraStatus());
  const camera = async () => (await api.app.inject('/api/v1/cameras/gate-1')).json();
  await vi.waitFor(async () => expect((await camera()).state).toBe('live'));
  return { ...api, camera };
};

test('a camera is shown with its fresh status', async () => {
  const { app, camera } = await listening();

  expect(await camera()).toMatchObject({
    id: 'gate-1',
    state: 'live',
    isStatusStale: false,
    statusAt: startAt,
    statusAgeMs: 0,
    status: { streamFps: 25 },
    stream: { address: 'rtsp://192.168.7.21:554', transport: 'tcp' },
  });
  await app.close();
});

test('regression: a status older than ten seconds is not shown as live (WVP #371, false status)', async () => {
  const { app, clock, camera } = await listening();
  await clock.advance(10_001);

  const shown = await camera();

  expect(shown).toMatchObject({ state: 'unknown', isStatusStale: true, statusAgeMs: 10_001 });
  expect(shown.status).toBeUndefined();
  expect(JSON.stringify(shown)).not.toContain('live');
  await app.close();
});

test('a camera of which nothing was heard is unknown', async () => {
  const answer = await testApi().app.inject('/api/v1/cameras/lane-2');

  expect(answer.json()).toMatchObject({ id: 'lane-2', state: 'unknown', isStatusStale: true });
});

test('cameras are listed within the ground, by state and page', async () => {
  const { app } = await listening();
  const list = async (query: string) => (await app.inject(`/api/v1/cameras?${query}`)).json();
  const first = await list('limit=1');

  expect(first.items.map((camera: { id: string }) => camera.id)).toEqual(['gate-1']);
  const second = await list(`limit=1&cursor=${first.nextCursor}`);
  expect(second.items.map((camera: { id: string }) => camera.id)).toEqual(['lane-2']);
  expect(second.nextCursor).toBeUndefined();
  expect((await list('state=live')).items).toHaveLength(1);
  expect((await list(`place=${otherTownship}`)).items).toEqual([]);
  await app.close();
});

test.each(['far-3', 'constructor', 'nowhere'])('the camera %s is not there', async (id) => {
  const answer = await testApi().app.inject(`/api/v1/cameras/${id}`);

  expect([answer.statusCode, answer.json().code]).toEqual([404, 'camera-unknown']);
});

test('a camera address that is no address is left out', async () => {
  const { app, resources } = testApi();
  resources.cameraList.splice(0, 1, testCamera({ stream: { url: 'rtsp://[hunter2' } }));

  const answer = await app.inject('/api/v1/cameras/gate-1');

  expect(answer.json().stream).toEqual({ transport: 'tcp' });
});
