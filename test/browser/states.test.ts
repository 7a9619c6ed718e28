import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page, type Route } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPasswordHash } from '../../api/auth/password-hash.ts';
import type { UserRole } from '../../core/schema/role.ts';
import type { User } from '../../core/schema/user.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { type SiteUnderTest, startSite } from '../e2e/site-under-test.ts';
import { secret } from '../fixtures/browser/console-site.ts';
import { openPage, signIn } from '../fixtures/browser/open-page.ts';
import { testCamera } from '../fixtures/ingest/test-camera.ts';

const pictures = path.join(repositoryRoot, 'var/screenshots');
/** Who between them may open every page. */
const people = {
  wang: ['dispatcher'],
  chen: ['engineer'],
  qian: ['systemAdministrator'],
  sun: ['securityAdministrator'],
  zhou: ['auditor'],
} as const satisfies Record<string, readonly UserRole[]>;
type Name = keyof typeof people;
const names = Object.keys(people) as Name[];

let folder: string;
let site: SiteUnderTest;
let browser: Browser;

const userOf = async (id: Name): Promise<User> => ({
  ...{ id, ground: '431103110', roles: [...people[id]] },
  passwordHash: await createPasswordHash(secret),
});

/** The whole program with a camera: whatever says that there is none says what is not so. */
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), 'states-'));
  await build({ configFile: path.join(repositoryRoot, 'vite.config.ts'), logLevel: 'error' });
  site = await startSite(folder, {
    site: { id: 'caishi', name: '蔡市镇', place: '431103110', allowedNetworks: ['127.0.0.0/8'] },
    places: [
      { code: '431103110', name: '蔡市镇' },
      { code: '431103110201', name: '邓家铺村' },
    ],
    cameras: [testCamera('c-dead', 'rtsp://127.0.0.1:9/none')],
    scenarios: [],
    users: await Promise.all(names.map(userOf)),
  });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

const isData = (url: URL): boolean =>
  url.pathname === '/metrics' || (url.pathname.startsWith('/api/v1/') && url.pathname !== '/api/v1/session');

type Answer = (route: Route) => Promise<void>;

const refuse: Answer = (route) =>
  route.fulfill({
    status: 503,
    json: { code: 'history-down', kind: 'unavailable', message: 'no', requestId: 'r' },
  });
const cut: Answer = (route) => route.abort('connectionrefused');
const keepSilent: Answer = () => Promise.resolve();

/** Every page that the navigation leads to, and every tab and view of it. */
const addressesOf = async (page: Page): Promise<string[]> => {
  const linksOf = (where: string) =>
    page.locator(where).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const all = new Set<string>();
  for (const address of await linksOf('nav.navigation a')) {
    await page.goto(`${site.api}${address}`);
    await page.locator('main').waitFor();
    await page.waitForTimeout(400);
    all.add(address);
    for (const inside of await linksOf('main nav a, main [role=tablist] a, main .tabs a'))
      if (inside.startsWith(`${address}?`)) all.add(inside);
  }
  return [...all];
};

/** What the page claims by itself: without what it says of failures. */
const saidOn = (page: Page) =>
  page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true) as HTMLElement;
    for (const failure of copy.querySelectorAll('[role=alert], .field-problem, .dark-cameras, option'))
      failure.remove();
    const empty = [...copy.querySelectorAll('.state:not([role=status]) h2')].map((one) => one.textContent);
    return { text: copy.textContent ?? '', empty };
  });

const claims = /辖区内没有|没有未处理|没有符合|还没有登记|还没有测过|一切正常|还没有备注|(?<!\d)0 条/;
/** Of a page whose right half waits for somebody to choose. */
const waitsForChoice = /^(请?选|选择|从)/;

const expectNoClaim = async (page: Page, address: string): Promise<void> => {
  const { text, empty } = await saidOn(page);
  expect(text, address).not.toMatch(claims);
  expect(
    empty.filter((title) => !waitsForChoice.test(title ?? '')),
    address,
  ).toEqual([]);
};

const spinners = (page: Page) => page.locator('main .spinner');
const retries = (page: Page) => page.locator('main').getByRole('button', { name: '重试' });
const nameOf = (how: string, name: string, address: string): string =>
  `state-${how}-${name}${address.replaceAll(/[^a-z]+/gi, '-')}.png`;

const open = async (name: string) => {
  const opened = await openPage(browser, site.api);
  await signIn(opened.page, site.api, name);
  return opened;
};

/** The API answers only after the page has been seen without an answer. */
const showsBoth = async (own: Page, address: string, answer: Answer): Promise<void> => {
  const held: Route[] = [];
  let isHeld = true;
  await own.route(isData, (route) => (isHeld ? void held.push(route) : answer(route)));
  await own.goto(`${site.api}${address}`);
  await spinners(own).first().waitFor({ timeout: 60_000 });
  await expectNoClaim(own, address);

  isHeld = false;
  // Some have been given up by their page meanwhile.
  await Promise.all(held.map((route) => answer(route).catch(() => undefined)));

  await retries(own).first().waitFor({ timeout: 60_000 });
  await spinners(own).first().waitFor({ state: 'detached', timeout: 30_000 });
  await expectNoClaim(own, address);
  await own.unroute(isData);
};

/** By person. */
const addresses = new Map<Name, readonly string[]>();

test.each(names)(
  '%s has pages to open',
  async (name) => {
    const { page, context } = await open(name);
    addresses.set(name, await addressesOf(page));
    expect(addresses.get(name)?.length).toBeGreaterThan(0);
    await context.close();
  },
  60_000,
);

test.each(names)(
  'every page of %s claims nothing before the API answers, and says that it failed when it is refused',
  async (name) => {
    const { page, context } = await open(name);
    for (const address of addresses.get(name) ?? []) {
      await showsBoth(page, address, refuse);
      await page.screenshot({ path: path.join(pictures, nameOf('refused', name, address)) });
    }
    await context.close();
  },
  120_000,
);

/** Pages are the same for all whose they are: each is opened by the first of them. */
const firstOwners = () => {
  const seen = new Set<string>();
  return names.map((name) => {
    const own = (addresses.get(name) ?? []).filter((address) => !seen.has(address));
    for (const address of own) seen.add(address);
    return { name, own };
  });
};

test('and so it is of an API that is cut off', async () => {
  for (const { name, own } of firstOwners()) {
    const { page, context } = await open(name);
    for (const address of own) {
      await showsBoth(page, address, cut);
      await page.screenshot({ path: path.join(pictures, nameOf('cut', name, address)) });
    }
    await context.close();
  }
}, 240_000);

/** A page gives up as it does otherwise, only sooner. */
const hurry = (most: number): void => {
  const native = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => native(Math.min(ms, most));
};

test('and of one that never answers', async () => {
  for (const { name, own } of firstOwners()) {
    const { page, context } = await open(name);
    await page.addInitScript(hurry, 2500);
    for (const address of own) await showsBoth(page, address, keepSilent);
    await context.close();
  }
}, 360_000);

test('each of them is told since when the site is gone, and no longer once it is back', async () => {
  await Promise.all(
    names.map(async (name) => {
      const { page, context } = await open(name);
      await page.locator('nav.navigation a').last().click();
      const banner = page.locator('.banner');
      await page.locator('.dot.ok, .dot.degraded, .dot.down').first().waitFor({ timeout: 60_000 });
      expect(await banner.count(), name).toBe(0);

      await context.setOffline(true);
      await banner.waitFor({ timeout: 60_000 });
      expect(await banner.textContent(), name).toMatch(/\d\d:\d\d:\d\d 起与服务器断开/);
      await page.locator('.dot.unknown').waitFor();
      expect(await page.locator('main .is-live, main .live-mark').count(), name).toBe(0);
      await page.screenshot({ path: path.join(pictures, `state-lost-${name}.png`) });

      await context.setOffline(false);
      await banner.waitFor({ state: 'detached', timeout: 60_000 });
      await context.close();
    }),
  );
}, 180_000);

test('an auditor, who has no alert stream, is told when the API answers no more', async () => {
  const { page, context } = await open('zhou');
  await page.locator('.dot.ok, .dot.degraded, .dot.down').first().waitFor({ timeout: 20_000 });

  process.kill(site.pidsOf('api').at(-1) ?? 0, 'SIGSTOP');

  await page.locator('.banner').waitFor({ timeout: 60_000 });
  process.kill(site.pidsOf('api').at(-1) ?? 0, 'SIGCONT');
  await page.locator('.banner').waitFor({ state: 'detached', timeout: 60_000 });
  await context.close();
}, 180_000);
