import { expect, test } from 'vitest';
import {
  messagesOf,
  otherTownship,
  raisedAlert,
  raisedEvent,
  readySnapshot,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const alert = raisedAlert();

/** A site whose user `wang` has asked for the links of an alert. */
const linked = async () => {
  const api = testApi();
  const { resources, history, evidence, app } = api;
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash, roles: ['operator'] });
  await history.writeAlertEvents(messagesOf([raisedEvent(alert), readySnapshot(alert)]));
  evidence.files.set(`${alert.alertId}.snapshot`, Buffer.from('jpeg'));
  const url = `/api/v1/alerts/${alert.alertId}/links`;
  const answer = await app.inject({ method: 'POST', url, headers: basic('wang', testSecret) });
  const links = answer.json<{ snapshot: string; clip?: string; expiresAt: number }>();
  const status = async (address: string) => (await app.inject(address)).statusCode;
  return { ...api, links, status };
};

test('a link shows what is there to a picture in a page, which sends no header', async () => {
  const { app, links } = await linked();

  const answer = await app.inject(links.snapshot);

  expect([answer.statusCode, answer.body]).toEqual([200, 'jpeg']);
  expect(links.clip).toBeUndefined();
});

test('a link ends after five minutes', async () => {
  const { clock, links, status } = await linked();

  await clock.advance(5 * 60_000 - 1);
  expect(await status(links.snapshot)).toBe(200);
  await clock.advance(1);
  expect(await status(links.snapshot)).toBe(401);
});

test.each([
  ['another path', (url: string) => url.replace('/snapshot?', '/clip?')],
  ['another user', (url: string) => url.replace('.d2FuZw.', '.bGlpaQ.')],
  ['a later end', (url: string) => url.replace(/sig=./, 'sig=z')],
  ['another signature', (url: string) => `${url.slice(0, -4)}0000`],
  ['nothing signed', (url: string) => url.replace(/sig=.*/, 'sig=')],
  ['two signatures', (url: string) => `${url}&${url.split('?')[1]}`],
])('a link changed to %s is refused', async (_, change) => {
  const { links, status } = await linked();

  expect(await status(change(links.snapshot))).toBe(401);
});

test('a link is no key to anything else', async () => {
  const { links, status } = await linked();
  const query = links.snapshot.split('?')[1];

  expect(await status(`/api/v1/cameras?${query}`)).toBe(401);
  expect(await status(`/api/v1/cameras/gate-1/snapshot.jpg?${query}`)).toBe(401);
});

test('regression: media without rights: a link is worth what its user may do when it is used', async () => {
  const { links, resources, status } = await linked();
  const wang = { id: 'wang', ground: village, passwordHash: testHash } as const;
  const as = async (change: object) => {
    resources.userList.splice(0, 1, { ...wang, roles: ['operator'], ...change });
    return status(links.snapshot);
  };

  expect(await as({ roles: ['auditor'] })).toBe(403);
  expect(await as({ ground: otherTownship })).toBe(404);
  expect(await as({ passwordHash: testHash.replace('d4aLT', 'AAAAA').replace('AwMD', 'BBBB') })).toBe(401);
  expect(await as({ id: 'li' })).toBe(401);
  expect(await as({})).toBe(200);
});
