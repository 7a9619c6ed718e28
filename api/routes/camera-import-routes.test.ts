import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { neighbour, otherTownship, village } from '../../test/fixtures/api/alert-events.ts';
import {
  basic,
  TestResources,
  testApi,
  testCamera,
  testHash,
  testSecret,
} from '../../test/fixtures/api/test-api.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';

vi.setConfig({ testTimeout: 30_000 });
const url = '/api/v1/settings/cameras/import';
const plain = { url: 'rtsp://127.0.0.1:8554/gate-1', credentials: 'gate-1' };
const header = 'id,name,place,longitude,latitude,url,category,signPosted,filingNumber,owner';
const lane = `lane-9,巷口,${village},111.6,26.3,rtsp://127.0.0.1/l9,road,是,湘永公备-0009,蔡市镇人民政府`;

const opened = async () => {
  const resources = new TestResources();
  resources.cameraList.splice(
    0,
    3,
    testCamera({ stream: plain }),
    testCamera({ id: 'lane-2', place: neighbour, stream: plain }),
  );
  const places = resources.places();
  resources.places = () => places.filter(({ code }) => code !== otherTownship);
  const api = testApi({ resources });
  for (const camera of resources.cameraList) await api.store.put(`cameras.${camera.id}`, camera, 0);
  const send = (payload: string, { query = '', type = 'text/csv', headers = {} } = {}) =>
    api.app.inject({
      method: 'POST',
      url: `${url}${query}`,
      headers: { 'content-type': type, ...headers },
      payload,
    });
  return { ...api, resources, send };
};
const asYaml = (cameras: unknown[]) => stringify({ cameras }, { aliasDuplicateObjects: false });
const csv = (...rows: string[]) => [header, ...rows].join('\n');

test('a table adds cameras, changes those that are there, and leaves what it does not name', async () => {
  const { send, store, bus } = await opened();

  const answer = await send(`id,name\ngate-1,村口二\n`);
  expect(answer.json()).toMatchObject({
    isDone: true,
    rows: [{ id: 'gate-1', line: 2, outcome: 'changed', changes: ['name: "村口" → "村口二"'] }],
  });
  expect((await store.get('cameras.gate-1'))?.value).toMatchObject({
    name: '村口二',
    zones: [{ id: 'gate' }],
    stream: plain,
  });

  expect((await send(csv(lane))).json()).toMatchObject({
    isDone: true,
    rows: [{ id: 'lane-9', outcome: 'added' }],
  });
  expect((await store.get('cameras.lane-9'))?.value).toMatchObject({
    location: { longitude: 111.6, latitude: 26.3 },
    register: { signPosted: true },
  });
  expect((await bus.lastAudit())?.value.entry).toMatchObject({
    what: 'resourceWritten',
    target: 'cameras.lane-9',
    place: village,
  });
});

test('when one row is refused nothing is written, and it says where, what and what to do', async () => {
  const { send, store } = await opened();

  const answer = await send(csv(lane, lane.replace('lane-9', 'lane-10').replace(',road,', ',toilet,')));

  const { isDone, rows } = answer.json();
  expect([answer.statusCode, isDone, rows[0].outcome, rows[1].outcome]).toEqual([
    200,
    false,
    'added',
    'refused',
  ]);
  expect(rows[1].problems).toEqual([
    {
      line: 3,
      column: 7,
      name: 'category',
      message: expect.stringContaining('toilet'),
      remedy: 'take the camera out',
    },
  ]);
  expect(await store.get('cameras.lane-9')).toBeUndefined();
});

test.each([
  ['a user and password', 'rtsp://admin:hunter2@127.0.0.1/l9'],
  ['a token', 'rtsp://127.0.0.1/l9?token=hunter2'],
])('an address with %s is refused and not told again', async (_, address) => {
  const { send } = await opened();

  const answer = await send(csv(lane.replace('rtsp://127.0.0.1/l9', address)));

  expect(answer.json().rows[0].problems[0]).toMatchObject({
    name: 'url',
    column: 6,
    remedy: expect.stringContaining('secrets file'),
  });
  expect(answer.body).not.toContain('hunter2');
});

test('a dry run writes nothing', async () => {
  const { send, store, bus } = await opened();

  expect((await send(csv(lane), { query: '?dryRun=true' })).json()).toMatchObject({
    isDone: false,
    rows: [{ outcome: 'added' }],
  });
  expect([await store.get('cameras.lane-9'), await bus.lastAudit()]).toEqual([undefined, undefined]);
});

test('cameras of a site file are taken as they are there', async () => {
  const { send, store } = await opened();
  const cameras = [testCamera({ stream: plain }), testCamera({ id: 'pond-7', stream: plain })];

  const answer = await send(asYaml(cameras), { type: 'application/yaml' });

  expect(answer.json().rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['same', 'added']);
  expect((await store.get('cameras.pond-7'))?.value).toEqual(cameras[1]);
});

test('nobody imports into a ground that is not theirs, or takes a camera out of one', async () => {
  const { send, resources } = await opened();
  resources.userList.push({ id: 'wang', ground: neighbour, roles: ['engineer'], passwordHash: testHash });
  const headers = basic('wang', testSecret);

  const answer = await send(csv(lane, lane.replace('lane-9', 'gate-1').replace(village, neighbour)), {
    headers,
  });

  expect(
    answer
      .json()
      .rows.map(({ problems }: { problems: { name: string }[] }) => problems.map(({ name }) => name)),
  ).toEqual([['place'], ['id']]);
});

test('when somebody else is quicker, what was written is put back', async () => {
  const { send, store } = await opened();
  const put = store.put.bind(store);
  store.put = async (key, value, revision) => {
    if (key === 'cameras.lane-9' && revision === 0) await put(key, {}, 0);
    return put(key, value, revision);
  };

  const answer = await send(csv(lane, lane.replace('lane-9', 'lane-10')));

  expect([answer.statusCode, answer.json().code]).toEqual([412, 'setting-stale']);
  expect(await store.get('cameras.lane-10')).toBeUndefined();
});

test.each([
  ['nothing', '', 'no header'],
  ['an unknown column', 'id,password\ngate-1,x', 'column 2: no such column'],
  ['no id', 'name\n村口', "'id' is missing"],
  ['a row that is too short', 'id,name\ngate-1', 'line 2'],
  ['an open quote', 'id,name\n"gate-1,x', 'not a table'],
  ['too many rows', `id\n${'x\n'.repeat(5001)}`, 'more than 5000'],
])('%s is refused as a whole', async (_, payload, said) => {
  const { send } = await opened();
  const answer = await send(payload);

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'import-unreadable']);
  expect(answer.json().message).toContain(said);
});

test('whatever comes is answered, row by row or as a whole, and never half written', async () => {
  const seed = freshSeed();
  const { next: random } = createSeededRandom(seed);
  const { send, store } = await opened();
  const scraps = [
    '"',
    ',',
    '\n',
    '\r\n',
    '\0',
    '__proto__',
    'rtsp://a:b@c',
    '是',
    '-1',
    '*x',
    '&x',
    '{',
    ': ',
    '\uFEFF',
    '\u202E',
    '999999999999',
  ];
  for (let round = 0; round < 60; round++) {
    let text =
      random() < 0.5 ? csv(lane, lane.replace('lane-9', 'lane-10')) : asYaml([testCamera({ stream: plain })]);
    for (let cut = 0; cut < 3; cut++) {
      const at = Math.floor(random() * text.length);
      text =
        text.slice(0, at) +
        (scraps[Math.floor(random() * scraps.length)] ?? '') +
        text.slice(at + Math.floor(random() * 4));
    }
    const before = store.entries.size;
    const answer = await send(text, { type: random() < 0.5 ? 'text/csv' : 'application/yaml' });
    expect([200, 400], `seed ${seed}, round ${round}: ${answer.body}`).toContain(answer.statusCode);
    const isDone = answer.statusCode === 200 && answer.json().isDone;
    if (!isDone) expect(store.entries.size, `seed ${seed}, round ${round}`).toBe(before);
  }
});
