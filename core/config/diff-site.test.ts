import { expect, test } from 'vitest';
import { siteWith, siteYaml } from '../../test/fixtures/site.ts';
import { busError } from '../bus/errors.ts';
import type { SiteStore, StoredResource } from '../bus/site-store.ts';
import type { Site } from '../schema/site.ts';
import { applySite, planSite } from './apply-site.ts';
import { parseSite } from './read-site.ts';
import { fromResources, toResources } from './site-document.ts';

const parse = (text: string): Site => {
  const { site, problems } = parseSite(text);
  if (!site || problems.length > 0) throw new TypeError(JSON.stringify(problems));
  return site;
};

const memoryStore = () => {
  const entries = new Map<string, StoredResource>();
  const order: string[] = [];
  let revision = 0;
  const check = (key: string, expected: number): void => {
    if ((entries.get(key)?.revision ?? 0) !== expected) throw busError('bus-conflict', key);
  };
  const store: SiteStore = {
    get: async (key) => entries.get(key),
    load: async () => new Map(entries),
    mark: async () => revision,
    put: async (key, value, expected) => {
      check(key, expected);
      order.push(key);
      entries.set(key, { key, value, revision: ++revision });
      return revision;
    },
    remove: async (key, expected) => {
      check(key, expected);
      order.push(`-${key}`);
      entries.delete(key);
    },
    watch: async () => undefined,
  };
  return { store, entries, order };
};

test('a site survives being cut into resources and put together again', () => {
  const site = parse(siteYaml);

  expect(fromResources(toResources(site))).toEqual(site);
});

test('shows what a file would change, and changes nothing', async () => {
  const { store, entries } = memoryStore();
  await applySite(store, parse(siteYaml));
  const before = new Map(entries);

  const plan = await planSite(store, parse(siteWith('dwell: 2s', 'dwell: 5s')));

  expect(plan).toEqual([{ key: 'scenarios.gate-night', change: 'change', details: ['dwell: "2s" → "5s"'] }]);
  expect(entries).toEqual(before);
});

test('applying twice changes nothing the second time', async () => {
  const { store } = memoryStore();
  await applySite(store, parse(siteYaml));

  expect(await applySite(store, parse(siteYaml))).toEqual([]);
});

test('adds cameras before scenarios and removes scenarios before cameras', async () => {
  const { store, order } = memoryStore();
  const whole = parse(siteYaml);
  await applySite(store, whole);
  order.length = 0;
  await applySite(store, { ...whole, cameras: [], scenarios: [] });

  expect(order).toEqual(['-scenarios.gate-night', '-cameras.gate-1']);
});

test('says so when somebody else writes meanwhile', async () => {
  const { store, entries } = memoryStore();
  await applySite(store, parse(siteYaml));
  const racing: SiteStore = {
    ...store,
    load: async () => {
      const seen = await store.load();
      entries.set('scenarios.gate-night', { key: 'scenarios.gate-night', value: {}, revision: 999 });
      return seen;
    },
  };

  await expect(applySite(racing, parse(siteWith('dwell: 2s', 'dwell: 9s')))).rejects.toMatchObject({
    code: 'config-stale',
  });
});

test('never shows a password hash', async () => {
  const { store } = memoryStore();
  const user = (key: string) => ({
    id: 'duty',
    ground: '431103110',
    passwordHash: `scrypt$32768$8$1$c2FsdA==$${key}`,
  });
  await applySite(store, { ...parse(siteYaml), users: [user('b2xk')] });

  const plan = await planSite(store, { ...parse(siteYaml), users: [user('bmV3')] });

  expect(plan).toEqual([{ key: 'users.duty', change: 'change', details: ['passwordHash: changed'] }]);
});

test('leaves users alone when the file has no section of users', async () => {
  const { store, entries } = memoryStore();
  const users = [{ id: 'admin', ground: '431103110', passwordHash: 'scrypt$32768$8$1$c2FsdA==$a2V5' }];
  await applySite(store, { ...parse(siteYaml), users });
  await applySite(store, parse(siteYaml));
  expect(entries.has('users.admin')).toBe(true);
  await applySite(store, { ...parse(siteYaml), users: [] });

  expect(entries.has('users.admin')).toBe(false);
});
