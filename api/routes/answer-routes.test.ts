import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Place } from '../../core/schema/place.ts';
import { raisedAlert, raisedEvent, randomFrom, readySnapshot } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';
import { freshSeed } from '../../test/fixtures/inference/seeded-random.ts';

const alert = raisedAlert();
const hourMs = 3_600_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-answers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => {
  const api = testApi({ dataFolder: folder });
  api.resources.responderList.push(
    { id: 'patrol-2', name: '二号巡防', place: '431103110202', webhook: 'platform' },
    { id: 'patrol-9', name: '九号巡防', place: '431103111201' },
  );
  api.bus.push('ALERTS', raisedEvent(alert));
  api.bus.push('ALERTS', readySnapshot(alert));
  return api;
};
type Api = ReturnType<typeof open>;

const dispatch = async (api: Api, responder = 'patrol-2') =>
  api.app.inject({
    method: 'POST',
    url: `/api/v1/alerts/${alert.alertId}/steps`,
    payload: { to: 'dispatched', responder },
  });

const tokenOf = (answer: Awaited<ReturnType<typeof dispatch>>): string => {
  expect(answer.json(), answer.body).toHaveProperty('answerLink');
  return String(answer.json().answerLink.url).split('/r/')[1] ?? '';
};

/** A telephone that opens a link and keeps the cookie it is given. */
const telephone = (api: Api, token: string) => {
  let cookie = '';
  const ask = async (method: 'GET' | 'POST' | 'PATCH', where: string, rest: object = {}) => {
    const headers = { ...('headers' in rest ? (rest.headers as object) : {}), cookie };
    const url = `/api/v1/answers/${token}${where}`;
    const answer = await api.app.inject({ method, url, ...rest, headers });
    const set = answer.headers['set-cookie'];
    if (set !== undefined) cookie = String(set).split(';')[0] ?? '';
    return answer;
  };
  return {
    ask,
    opening: () => ask('POST', '/opening'),
    say: (payload: object) => ask('POST', '/steps', { payload }),
    send: (bytes: Buffer, offset: number, sizeBytes: number, when = 'after', id = 'upload-1') =>
      ask('PATCH', `/uploads/${id}?when=${when}&sizeBytes=${sizeBytes}`, {
        payload: bytes,
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
      }),
  };
};
const dispatched = async () => {
  const api = open();
  const token = tokenOf(await dispatch(api));
  return { api, token, phone: telephone(api, token) };
};

describe('dispatching', () => {
  it('gives the dispatcher a link, once, and keeps its hash alone', async () => {
    const api = open();
    const answer = await dispatch(api);
    const token = tokenOf(answer);

    expect(token).toMatch(/^[\w-]{43}$/);
    expect(answer.json().answerLink).toMatchObject({
      expiresAt: api.clock.now() + 2 * hourMs,
      delivery: 'none',
    });
    const kept = JSON.stringify([
      [...api.answers.entries],
      await api.bus.eventsOfAlert(alert.alertId),
      api.bus.stored('AUDIT'),
      api.logged,
    ]);
    expect(kept).not.toContain(token);
  });

  it('has the webhook of the responder told of the whole address', async () => {
    const api = open();
    api.resources.publicAddress = 'https://caishi.example';
    const answer = await dispatch(api);

    expect(answer.json().answerLink).toMatchObject({ delivery: 'taken' });
    expect(api.answers.calls).toMatchObject([
      { responder: 'patrol-2', webhook: 'platform', url: `https://caishi.example/r/${tokenOf(answer)}` },
    ]);
    api.answers.isHeard = false;
    expect((await dispatch(api)).json().answerLink).toMatchObject({ delivery: 'unheard' });
  });

  it.each([
    ['nobody', 'responder-unknown'],
    ['patrol-9', 'responder-unknown'],
  ])('refuses %s: %s', async (responder, code) => {
    const api = open();
    const answer = await dispatch(api, responder);

    expect([answer.statusCode, answer.json().code]).toEqual([400, code]);
    expect(api.answers.entries.size).toBe(0);
    expect((await api.bus.eventsOfAlert(alert.alertId)).length).toBe(2);
  });
});

describe('an answer link', () => {
  it('shows where and what, and nothing of persons', async () => {
    const { phone } = await dispatched();
    const answer = await phone.opening();

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      ...{ placeName: '蔡市镇 邓家铺村', cameraName: '村口', scenarioName: '村口夜间', state: 'dispatched' },
      ...{ next: ['accept', 'arrived'], hasPicture: true, timezone: 'Asia/Shanghai' },
    });
    expect(answer.json()).not.toHaveProperty('placeNameEn');
    expect(answer.body).not.toMatch(/track|box|objects|wang/);
  });

  it('names the place in English as far as the site does, and tells its zone', async () => {
    const { api, phone } = await dispatched();
    const [township, ...others] = api.resources.places();
    api.resources.places = () => [{ ...township, nameEn: 'Caishi' } as Place, ...others];
    api.resources.timezone = 'Asia/Urumqi';

    expect((await phone.opening()).json()).toMatchObject({
      ...{ placeName: '蔡市镇 邓家铺村', placeNameEn: 'Caishi 邓家铺村', timezone: 'Asia/Urumqi' },
    });
  });

  it('belongs to the first telephone that opens it', async () => {
    const { api, token, phone } = await dispatched();
    const first = await phone.opening();
    const second = await telephone(api, token).opening();

    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/);
    expect(second.json()).toMatchObject({ code: 'answer-taken' });
    expect(second.headers['set-cookie']).toBeUndefined();
    expect((await phone.opening()).statusCode).toBe(200);
    const looks = api.bus.stored('AUDIT').map(({ value }) => value.entry);
    expect(looks).toContainEqual(
      expect.objectContaining({ who: 'responder:patrol-2', what: 'answerLinkSeen', why: expect.any(String) }),
    );
  });

  it('of two that open it at once one has it', async () => {
    const { api, token } = await dispatched();
    const answers = await Promise.all([telephone(api, token).opening(), telephone(api, token).opening()]);

    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
  });

  it('is nothing without its cookie, not even for who has the token', async () => {
    const { phone } = await dispatched();

    expect((await phone.ask('GET', '')).json().code).toBe('answer-taken');
    expect((await phone.say({ step: 'accept' })).json().code).toBe('answer-taken');
    expect((await phone.ask('GET', '/picture')).json().code).toBe('answer-taken');
  });

  it('takes a responder from accepting to done, each once however often it is said', async () => {
    const { api, phone } = await dispatched();
    await phone.opening();
    for (const step of ['accept', 'accept', 'arrived', 'arrived'])
      expect((await phone.say({ step })).statusCode).toBe(200);
    expect((await phone.say({ step: 'done' })).json().message).toContain('why is missing');
    for (let round = 0; round < 2; round++)
      expect((await phone.say({ step: 'done', why: '已劝离' })).json()).toMatchObject({
        state: 'resolved',
        next: [],
      });

    const events = (await api.bus.eventsOfAlert(alert.alertId)).map(({ value }) => value);
    expect(events.filter(({ type }) => type === 'commented')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'transition').slice(1)).toMatchObject([
      { to: 'onScene', by: 'responder:patrol-2' },
      { to: 'resolved', by: 'responder:patrol-2', why: '已劝离' },
    ]);
    expect((await phone.ask('GET', '/picture')).statusCode).toBe(410);
  });

  it.each<[string, (api: Api) => Promise<unknown>]>([
    ['its time is over', (api) => api.clock.advance(2 * hourMs)],
    ['somebody was sent anew', (api) => api.clock.advance(1).then(() => dispatch(api))],
    [
      'the alert has been dealt with',
      (api) =>
        api.app.inject({
          method: 'POST',
          url: `/api/v1/alerts/${alert.alertId}/steps`,
          payload: { to: 'resolved' },
        }),
    ],
  ])('is over when %s', async (words, happens) => {
    const { api, phone } = await dispatched();
    await phone.opening();
    await happens(api);

    for (const answer of [await phone.ask('GET', ''), await phone.say({ step: 'accept' })]) {
      expect(answer.statusCode).toBe(410);
      expect(answer.json()).toMatchObject({ code: 'answer-over', message: expect.stringContaining(words) });
    }
  });

  it('says nothing to who holds a wrong token, and locks out who tries many', async () => {
    const { api } = await dispatched();
    const answers = [];
    for (let count = 0; count < 40; count++) answers.push(await telephone(api, 'x'.repeat(43)).opening());

    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404, 429]));
    expect(answers[0]?.json().message).not.toContain('x'.repeat(43));
    await api.clock.advance(10 * 60_000);
    expect((await telephone(api, 'short').opening()).statusCode).toBe(404);
  });

  it('has one picture, made around what was in it', async () => {
    const { phone } = await dispatched();
    await phone.opening();
    const picture = await phone.ask('GET', '/picture');

    expect(picture.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
    });
    expect(picture.body).toBe('blurred around 1');
  });
});

describe('pictures from the spot', () => {
  const bytes = Buffer.from('a picture of some length');

  it('go on where they were broken off, and are the alert’s when they are whole', async () => {
    const { api, phone } = await dispatched();
    await phone.opening();
    expect((await phone.send(bytes.subarray(0, 9), 0, bytes.length)).json()).toEqual({ offset: 9 });
    const moved = await phone.send(bytes.subarray(5), 5, bytes.length);
    expect([moved.statusCode, moved.json().code]).toEqual([409, 'upload-moved']);
    const where = await phone.ask('GET', `/uploads/upload-1?when=after&sizeBytes=${bytes.length}`);
    expect(where.json()).toEqual({ offset: 9 });
    const whole = await phone.send(bytes.subarray(9), 9, bytes.length);

    expect(whole.json()).toMatchObject({ offset: bytes.length, picture: { n: 1 } });
    expect(api.pictures.kept).toEqual([bytes]);
    const last = (await api.bus.eventsOfAlert(alert.alertId)).at(-1)?.value;
    expect(last).toMatchObject({
      type: 'pictureAdded',
      by: 'responder:patrol-2',
      when: 'after',
      item: { n: 1 },
    });
  });

  it('sent twice are there once; a fifth of one moment is refused', async () => {
    const { api, phone } = await dispatched();
    await phone.opening();
    const send = (text: string, id: string) =>
      phone.send(Buffer.from(text), 0, Buffer.byteLength(text), 'before', id);
    expect((await send('one', 'upload-a')).json()).toMatchObject({ picture: { n: 1 } });
    expect((await send('one', 'upload-b')).json()).toMatchObject({ picture: { n: 1 } });
    for (const text of ['two', 'three', 'four']) await send(text, `upload-${text}`);
    const fifth = await send('five', 'upload-five');

    expect([fifth.statusCode, fifth.json().code]).toEqual([409, 'pictures-full']);
    const added = (await api.bus.eventsOfAlert(alert.alertId)).filter(
      ({ value }) => value.type === 'pictureAdded',
    );
    expect(added).toHaveLength(4);
  });

  it('are taken from operators who handle alerts, and from nobody else', async () => {
    const api = open();
    api.resources.userList.push(
      { id: 'wang', ground: '431103110', roles: ['operator'], passwordHash: testHash },
      { id: 'audit', ground: '431103110', roles: ['auditor'], passwordHash: testHash },
      { id: 'far', ground: '431103120', roles: ['operator'], passwordHash: testHash },
    );
    const send = (user: string) =>
      api.app.inject({
        method: 'PATCH',
        url: `/api/v1/alerts/${alert.alertId}/uploads/upload-1?when=before&sizeBytes=${bytes.length}`,
        payload: bytes,
        headers: {
          ...basic(user, testSecret),
          ...{ 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
        },
      });

    expect((await send('wang')).json()).toMatchObject({ picture: { n: 1 } });
    expect((await send('audit')).statusCode).toBe(403);
    expect((await send('far')).statusCode).toBe(404);
  });
});

const seeds = [1, 2, freshSeed()];
test.each(seeds)('no token, body or header of seed %s gets more than a refusal', async (seed) => {
  const { api, token, phone } = await dispatched();
  await phone.opening();
  const random = randomFrom(seed);
  const number = (below: number): number => Math.floor(random() * below);
  const noise = (most: number): Buffer =>
    Buffer.from(Array.from({ length: number(most) }, () => number(256)));
  for (let round = 0; round < 150; round++) {
    const isOurs = random() < 0.7;
    const asked = isOurs ? phone : telephone(api, encodeURIComponent(noise(30).toString('latin1')));
    const [sizeBytes, offset] = [number(2 ** number(26)) - 1, number(2 ** number(20))];
    const answer =
      random() < 0.5
        ? await asked.send(noise(400), offset, sizeBytes, random() < 0.8 ? 'after' : 'never')
        : await asked.ask('POST', '/steps', {
            payload: noise(60),
            headers: { 'content-type': random() < 0.5 ? 'application/json' : 'text/plain' },
          });
    expect(answer.statusCode, `seed ${seed}, round ${round}: ${answer.body}`).toBeLessThan(500);
    expect(answer.body).not.toContain(token);
  }
  const transitions = (await api.bus.eventsOfAlert(alert.alertId)).filter(
    ({ value }) => value.type === 'transition',
  );
  expect(transitions).toHaveLength(1);
});
