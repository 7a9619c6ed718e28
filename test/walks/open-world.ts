import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import type { ApiDeps } from '../../api/index.ts';
import { type SettingSection, settingIdOf, settingSections } from '../../api/settings/sections.ts';
import { frameMessage } from '../../core/live/messages.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { keyRoles } from '../../core/schema/api-key.ts';
import { type UserRole, userRoles } from '../../core/schema/role.ts';
import { startAt } from '../fixtures/api/alert-events.ts';
import {
  basic,
  cameraStatus,
  TestResources,
  testApi,
  testHash,
  testSecret,
} from '../fixtures/api/test-api.ts';
import { explanationWith } from '../fixtures/explanation.ts';
import { GroundHistory } from './ground-history.ts';
import { NotedAnswers } from './noted-answers.ts';
import { type Township, township } from './township.ts';
import { createGate, troublesOf } from './troubles.ts';

export const county = '431103';
/** Whose things are tried for, and who tries. */
export const victim = township('431103110', 'canary', '金丝雀', 1);
export const asker = township('431103111', 'sparrow', '麻雀', 2);
const towns = [victim, asker];

/** The county's configuration: two townships under one site. */
class CountyResources extends TestResources {
  override site = () => ({
    ...{
      id: 'county',
      name: '零陵区',
      place: county,
      timezone: 'Asia/Shanghai',
      allowedNetworks: ['127.0.0.0/8'],
    },
    publicAddress: 'https://county.example',
  });
  override places = () => [
    { code: county, name: '零陵区' },
    ...towns.flatMap(({ resources }) => resources.places),
  ];
  override cameras = () => towns.flatMap(({ resources }) => resources.cameras);
  override scenarios = () => towns.flatMap(({ resources }) => resources.scenarios) as never[];
  override calendars = () => [{ id: 'market', name: '赶集日', lunarDays: [3, 6, 9] }] as never[];
  override loudspeakers = () => towns.flatMap(({ resources }) => resources.loudspeakers);
  override webhooks = () => towns.flatMap(({ resources }) => resources.webhooks);
  override upstreams = () => towns.flatMap(({ resources }) => resources.upstreams) as never[];
  override responders = () => towns.flatMap(({ resources }) => resources.responders);
  override monitoringPoints = () => towns.flatMap(({ resources }) => resources.monitoringPoints) as never[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A township's API key, as a program sends it and as it is kept. */
export const keyOf = (tag: string): { shown: string; keyHash: string } => {
  const secret = `${tag}-secret`.padEnd(43, '0');
  return { shown: `xlk_${tag}-key_${secret}`, keyHash: sha256(secret) };
};

/** A worker that shows every camera, and says in its pictures whose it is. */
const openWorker = async () => {
  const start = JSON.stringify({ type: 'start', codec: 'avc1.42c01e', width: 2, height: 2, startedAt: 1 });
  const server = createServer((request, response) => {
    const cameraId = String(request.headers.authorization).slice('Bearer '.length);
    if (request.url === '/picture') response.setHeader('X-Captured-At', '7').end(`${cameraId} jpeg bytes`);
    else
      for (const message of [start, Buffer.from(`${cameraId} live bytes`)])
        response.write(frameMessage(message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

export interface WorldOptions {
  /** Named in `who`; each has all roles of its ground unless told. */
  users?: readonly { id: string; ground: string; roles?: readonly UserRole[] }[];
  deps?: Partial<ApiDeps>;
}

const build = async ({ users = [], deps = {} }: WorldOptions) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'xueliang-walk-'));
  const resources = new CountyResources();
  const history = new GroundHistory(towns);
  const gate = createGate();
  const clock = new SimulatedClock(startAt);
  const secrets = gate.secretsFor(clock);
  const api = testApi({
    clock,
    secrets,
    resources,
    history,
    dataFolder: folder,
    ...deps,
  } as Partial<ApiDeps>);
  const noted = new NotedAnswers();
  noted.follow(api.app);
  const routes: { method: string; url: string }[] = [];
  /** What each route takes. */
  const rights = new Map<string, string | undefined>();
  api.app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) {
      routes.push({ method: one, url });
      rights.set(`${one} ${url}`, config?.right);
    }
  });
  for (const { id, ground, roles = userRoles } of users)
    resources.userList.push({ id, ground, roles: [...roles], passwordHash: testHash });
  for (const { code, tag } of towns) {
    resources.userList.push({ id: `${tag}-li`, ground: code, roles: ['operator'], passwordHash: testHash });
    const { keyHash } = keyOf(tag);
    resources.keyList.push({
      id: `${tag}-key`,
      ground: code,
      roles: [...keyRoles],
      keyHash,
      expires: startAt + 3_600_000,
    });
  }
  const worker = await openWorker();
  /** What left for loudspeakers and feeds. */
  const commands: string[] = [];
  return { commands, noted, rights, ...api, resources, history, folder, routes, worker, gate };
};
/** The parts of a world, before it is in motion. */
export type Settled = Awaited<ReturnType<typeof build>>;

/** The API of a county of two townships, each with one of everything, over scripted surroundings. */
export const openWorld = async (options: WorldOptions = {}) => {
  const world = await build(options);
  const { app, bus, feeds, resources, commands, worker, folder } = world;
  for (const town of towns) await settle(world, town);
  for (const section of settingSections) await storeSection(world, section);
  for (const one of resources.userList) await world.store.put(`users.${one.id}`, one, 0);
  for (const one of resources.keyList) await world.store.put(`keys.${one.id}`, one, 0);
  await world.store.put('site.settings', resources.site(), 0);
  bus.answerLoudspeakers(async (command) => {
    commands.push(JSON.stringify(command));
    return { commandId: command.commandId, at: startAt, outcome: 'accepted' };
  });
  const retry = feeds.retryDeadLetters.bind(feeds);
  feeds.retryDeadLetters = async (feedId) => {
    commands.push(`retry ${feedId}`);
    return retry(feedId);
  };
  await app.ready();
  await vi.waitFor(() => {
    if (bus.following.get('ALERTS') !== 2) throw new Error('the API does not follow the bus yet');
  });
  await new Promise((resolve) => setImmediate(resolve));
  const close = async (): Promise<void> => {
    await app.close();
    worker.server.close().closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...world, ...troublesOf(world), close };
};
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Everybody's secret is the same: the API remembers it, and a walk does not wait for scrypt. */
export const signInAs = (id: string): Record<string, string> => basic(id, testSecret);

const storeSection = async ({ resources, store }: Settled, section: SettingSection): Promise<void> => {
  for (const item of resources[section]()) await store.put(`${section}.${settingIdOf(item)}`, item, 0);
};

const settle = async (world: Settled, town: Township): Promise<void> => {
  const { bus, history, evidence, answers, feeds, worker, audit } = world;
  const { tag, village, answer } = town;
  const messages = town.events.map((event) => bus.push('ALERTS', event));
  await history.writeAlertEvents(messages);
  bus.push('HANDOVERS', town.handover);
  bus.push(
    'HEALTH',
    cameraStatus({ cameraId: `${tag}-gate`, place: village, workerId: `${tag}-worker`, at: startAt }),
  );
  for (const alertId of town.alertIds) {
    evidence.files.set(`${alertId}.snapshot`, town.snapshot);
    evidence.files.set(`${alertId}.clip`, town.clip);
    evidence.files.set(`${alertId}.picture-${town.picture.sha256}`, town.picture.bytes);
  }
  await answers.create(sha256(answer.token), {
    ...{
      schemaVersion: 1,
      alertId: answer.alertId,
      responder: answer.responder,
      dispatchedAt: answer.dispatchedAt,
    },
    ...{ expiresAt: startAt + 3_600_000, phone: sha256(answer.phone), openedAt: startAt },
  });
  feeds.feeds.push(town.feed);
  feeds.letters.push(town.deadLetter);
  bus.answerLiveDoor(`${tag}-gate`, () => ({ url: worker.url, token: `${tag}-gate` }));
  bus.answerExplain(`${tag}-gate`, async () =>
    explanationWith({ cameraId: `${tag}-gate`, place: village, workerId: `${tag}-worker` }),
  );
  await audit.record({ who: `${tag}-li`, what: 'liveSeen', target: `cameras/${tag}-gate`, place: village });
  history.records.push(
    ...bus
      .stored('AUDIT')
      .slice(-1)
      .map(({ value }) => value),
  );
};
