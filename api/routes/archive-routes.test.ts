import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuditLog } from '../../core/audit/audit-log.ts';
import type { Export, ExportStep } from '../../core/schema/export.ts';
import {
  alertIdAt,
  neighbour,
  otherTownship,
  startAt,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';
import type { ApiDeps } from '../api-deps.ts';
import { apiError } from '../errors.ts';

// Names and secrets are checked slowly on purpose.
vi.setConfig({ testTimeout: 30_000 });

const exportId = alertIdAt(startAt, 77);
const url = `/api/v1/exports/${exportId}`;
const day = 86_400_000;
const zip = Buffer.from('PK all that is in it');
const ready = { state: 'ready', bytes: zip.length, sha256: 'c'.repeat(64), files: 4 };
let dataFolder = '';

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'archive-routes-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

const people: readonly [string, string][] = [
  ['wang', township],
  ['li', township],
  ['sun', otherTownship],
];

const openSite = async (
  steps: ExportStep[] = [{ to: 'approved', by: 'li', at: startAt }],
  deps: Partial<ApiDeps> = {},
) => {
  const api = testApi({ dataFolder, ...deps });
  for (const [id, ground] of people)
    api.resources.userList.push({ id, ground, roles: ['dispatcher'], passwordHash: testHash });
  const exported: Export = {
    ...{ schemaVersion: 1, exportId, ground: village, by: 'wang', at: startAt, steps },
    ...{
      kind: 'alerts',
      purpose: 'disposalReview',
      reason: '派出所调取塘边事件材料',
      alertIds: [alertIdAt(startAt)],
    },
  };
  api.exportStore.write(exported);
  const send = async (user: string, method: 'GET' | 'POST' | 'DELETE' = 'GET', route = `${url}/archive`) => {
    const answer = await api.app.inject({ method, url: route, headers: basic(user, testSecret) });
    return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload, text: answer.body };
  };
  const fetches = () =>
    api.bus
      .stored('AUDIT')
      .map(({ value }) => value.entry)
      .filter(({ what }) => what === 'exportFetched');
  return { ...api, exported, send, fetches };
};

const lay = async (note: object, bytes?: Buffer): Promise<void> => {
  const place = path.join(dataFolder, 'exports');
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, `${exportId}.json`), JSON.stringify(note));
  if (bytes) await writeFile(path.join(place, `${exportId}.zip`), bytes);
};

test('whoever asked for it gets it whole, as a file to keep, and each time it is written down first', async () => {
  const site = await openSite();
  await lay(ready, zip);

  for (const times of [1, 2]) {
    const { status, headers, body } = await site.send('wang');
    expect(status).toBe(200);
    expect(body.equals(zip)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(zip.length),
      'content-disposition': `attachment; filename="${exportId}.zip"`,
      'cache-control': 'private, no-store',
    });
    expect(site.fetches()).toHaveLength(times);
  }
  expect(site.fetches()[0]).toMatchObject({ who: 'wang', target: `exports/${exportId}`, place: village });
});

test('who approved it, who sees nothing of it and a program get nothing, and cannot have it made', async () => {
  const site = await openSite();
  await lay(ready, zip);
  const { app, resources } = site;
  const key = {
    id: 'wang',
    ground: township,
    roles: ['integration'],
    keyHash: 'd'.repeat(64),
    expires: startAt + day,
  };
  resources.keyList.push(key as never);

  for (const who of ['li', 'sun'])
    for (const method of ['GET', 'POST'] as const)
      expect(await site.send(who, method)).toMatchObject({
        status: 404,
        text: expect.stringContaining('export-unknown'),
      });
  const asked = await app.inject({
    url: `${url}/archive`,
    headers: { authorization: `Bearer xlk_wang_${'x'.repeat(43)}` },
  });
  expect(asked.statusCode).toBe(401);
  expect(site.fetches()).toEqual([]);
});

test('whose ground no longer holds it gets nothing any more', async () => {
  const site = await openSite();
  await lay(ready, zip);
  expect((await site.send('wang')).status).toBe(200);
  const [wang] = site.resources.userList;
  if (!wang) throw new TypeError('nobody');
  site.resources.userList.splice(0, 1, { ...wang, ground: neighbour });

  expect(await site.send('wang')).toMatchObject({ status: 404 });
});

test.each([
  ['waiting', undefined, 'waiting'],
  ['being made', { state: 'making', made: 2, of: 7 }, '2 of 7'],
  ['failed', { state: 'failed', code: 'archive-late', message: 'too slow' }, 'archive-late: too slow'],
])('an archive that is %s is not there yet', async (_, note, said) => {
  const site = await openSite();
  if (note) await lay(note);

  const { status, text } = await site.send('wang');
  expect(status).toBe(409);
  expect(JSON.parse(text)).toMatchObject({
    code: 'export-not-ready',
    message: expect.stringContaining(said),
  });
  expect(JSON.parse((await site.send('wang', 'GET', url)).text).archive).toEqual(
    note ?? { state: 'waiting' },
  );
  expect(site.fetches()).toEqual([]);
});

test('what nobody approved, was withdrawn or has expired has none', async () => {
  const asked = await openSite([]);
  expect(await asked.send('wang')).toMatchObject({
    status: 409,
    text: expect.stringContaining('export-moved'),
  });
  expect(JSON.parse((await asked.send('wang', 'GET', url)).text).archive).toBeUndefined();

  const site = await openSite();
  await lay(ready, zip);
  await site.clock.advance(7 * day);
  for (const method of ['GET', 'POST'] as const)
    expect(await site.send('wang', method)).toMatchObject({
      status: 409,
      text: expect.stringContaining('expired'),
    });
  expect(JSON.parse((await site.send('wang', 'GET', url)).text).archive).toEqual({ state: 'removed' });
});

test('what failed is made again when whoever asked says so; nothing else is touched', async () => {
  const site = await openSite();
  await lay({ state: 'failed', code: 'archive-late', message: 'too slow' });
  const again = await site.send('wang', 'POST');
  expect(again.status).toBe(202);
  expect(JSON.parse(again.text).archive).toEqual({ state: 'waiting' });

  await lay(ready, zip);
  expect(JSON.parse((await site.send('wang', 'POST')).text).archive).toEqual(ready);
  expect((await site.send('wang')).status).toBe(200);
});

test('what cannot be written down is not given', async () => {
  const audit: AuditLog = { record: async () => Promise.reject(apiError('exports-busy', 'the log is away')) };
  const site = await openSite(undefined, { audit });
  await lay(ready, zip);

  const { status, body } = await site.send('wang');
  expect(status).toBe(503);
  expect(body.includes(zip)).toBe(false);
});

test('lists tell where archives stand', async () => {
  const site = await openSite();
  await lay(ready, zip);

  const { items } = JSON.parse((await site.send('li', 'GET', '/api/v1/exports')).text);
  expect(items).toMatchObject([{ exportId, archive: ready }]);
});
