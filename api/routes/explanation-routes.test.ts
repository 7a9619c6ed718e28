import { expect, test, vi } from 'vitest';
import { explanationError } from '../../core/explanation/errors.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { cameraStatus, testApi, testCamera } from '../../test/fixtures/api/test-api.ts';
import { exampleExplanation } from '../schema/example-explanation.ts';

const address = '/api/v1/cameras/gate-1/explanation';

test('answers what the camera’s worker says of it', async () => {
  const { app, bus } = testApi();
  bus.answerExplain('gate-1', async () => exampleExplanation);

  const answer = await app.inject(address);

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual(exampleExplanation);
});

test.each(['far-3', 'nowhere', 'constructor'])('knows no camera %s, held or not', async (id) => {
  const { app, bus } = testApi();
  bus.answerExplain(id, async () => exampleExplanation);

  const answer = await app.inject(`/api/v1/cameras/${id}/explanation`);

  // Without users everybody's ground is the site's.
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'camera-unknown']);
});

test('says that no worker has taken a camera of which nothing was heard', async () => {
  const answer = await testApi().app.inject(address);

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'camera-unwatched']);
  expect(answer.json().message).toContain('no worker has taken it');
});

test('says what was last heard of a camera that nobody holds, without secrets', async () => {
  const { app, bus } = testApi();
  await app.ready();
  const message = 'rtsp://admin:hunter2@192.168.7.21/ch1 has no credentials';
  bus.push('HEALTH', cameraStatus({ state: 'lost', cause: 'unauthorised', message }));

  await vi.waitFor(async () =>
    expect((await app.inject(address)).json().message).toContain('worker-1 said 0 s ago: lost, unauthorised'),
  );
  expect((await app.inject(address)).body).not.toContain('hunter2');
  await app.close();
});

test('says that a household’s camera may not look without consent', async () => {
  const { app, resources } = testApi();
  const register: Camera['register'] = { ...testCamera().register, category: 'householdExterior' };
  resources.cameraList.splice(0, 1, testCamera({ register }));

  const answer = await app.inject(address);

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'camera-unwatched']);
  expect(answer.json().message).toContain('consent');
});

test('says so when the worker answers too late', async () => {
  const { app, bus } = testApi();
  bus.answerExplain('gate-1', () => Promise.reject(explanationError('explanation-late', 'it hangs')));

  const answer = await app.inject(address);

  expect([answer.statusCode, answer.json().code]).toEqual([504, 'explanation-late']);
});
