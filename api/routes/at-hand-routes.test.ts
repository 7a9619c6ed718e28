import { expect, test } from 'vitest';
import { otherTownship, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const horn = {
  ...{ id: 'pond-1', name: '塘边', place: village, device: 'dev-7' },
  gateway: { url: 'http://127.0.0.1:1/play', credentials: 'horns' },
  recordings: [{ id: 'keep-off', name: '请远离水边' }],
};

test('loudspeakers are those of the ground, without the way to their gateways', async () => {
  const { app, resources } = testApi();
  resources.userList.push({ id: 'wang', ground: '431103110', passwordHash: testHash });
  resources.loudspeakerList.push(horn, { ...horn, id: 'far-1', place: otherTownship });
  const headers = basic('wang', testSecret);

  const answer = await app.inject({ url: '/api/v1/loudspeakers', headers });

  const { id, name, place, recordings } = horn;
  expect(answer.json()).toEqual({ items: [{ id, name, place, recordings }] });
  const elsewhere = await app.inject({ url: `/api/v1/loudspeakers?place=${otherTownship}`, headers });
  expect(elsewhere.json()).toEqual({ items: [] });
});

test('responders are those of the ground, without their telephone numbers', async () => {
  const { app, resources } = testApi();
  const dispatcher = { id: 'wang', ground: '431103110', roles: ['dispatcher' as const] };
  resources.userList.push({ ...dispatcher, passwordHash: testHash });
  const responder = { id: 'grid-3', name: '三网格', place: village, phone: '13800000000', webhook: 'w' };
  resources.responders = () => [responder, { ...responder, id: 'far-3', place: otherTownship }] as never[];

  const answer = await app.inject({ url: '/api/v1/responders', headers: basic('wang', testSecret) });

  const { id, name, place } = responder;
  expect(answer.json()).toEqual({ items: [{ id, name, place }] });
});

test('who may not dispatch does not learn whom one could send', async () => {
  const { app, resources } = testApi();
  const auditor = { id: 'li', ground: '431103110', roles: ['auditor' as const], passwordHash: testHash };
  resources.userList.push(auditor);

  const answer = await app.inject({ url: '/api/v1/responders', headers: basic('li', testSecret) });

  expect(answer.statusCode).toBe(403);
});
