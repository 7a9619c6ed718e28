import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page, type Route } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
const names = Object.keys(people) as (keyof typeof people)[];

let folder: string;
let site: SiteUnderTest;
let browser: Browser;

const userOf = async (id: keyof typeof people): Promise<User> => ({
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

const fails = {
  refused: (route: Route) =>
    route.fulfill({
      status: 503,
      json: { code: 'history-down', kind: 'unavailable', message: 'no', requestId: 'r' },
    }),
  cut: (route: Route) => route.abort('connectionrefused'),
} as const;

/** Every page that the navigation leads to, and every tab and view of it. */
const addressesOf = async (page: Page): Promise<string[]> => {
  const linksOf = (where: string) =>
    page.locator(where).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const found = await linksOf('nav.navigation a');
  const all = new Set<string>();
  for (const address of found) {
    await page.goto(`${site.api}${address}`);
    await page.locator('main').waitFor();
    await page.waitForTimeout(700);
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

/** Pages that say nothing that they would have to ask for first. */
const open = async (name: string) => {
  const opened = await openPage(browser, site.api);
  await signIn(opened.page, site.api, name);
  return opened;
};

describe.each(names)('every page of %s', (name) => {
  test.each(['refused', 'cut'] as const)(
    'says that it failed when the API is %s',
    async (how) => {
      const { page, context } = await open(name);
      const addresses = await addressesOf(page);
      expect(addresses.length).toBeGreaterThan(0);
      await page.route(isData, fails[how]);
      for (const address of addresses) {
        await page.goto(`${site.api}${address}`);
        await expect
          .poll(() => retries(page).count(), { timeout: 15_000, message: address })
          .toBeGreaterThan(0);
        await expect.poll(() => spinners(page).count(), { timeout: 15_000, message: address }).toBe(0);
        await expectNoClaim(page, address);
        await page.screenshot({ path: path.join(pictures, nameOf(how, name, address)) });
      }
      await context.close();
    },
    240_000,
  );

  test('claims nothing while the API hangs, and says so when it has waited long enough', async () => {
    const { page, context } = await open(name);
    const addresses = await addressesOf(page);
    await context.route(isData, () => undefined);
    await Promise.all(
      addresses.map(async (address) => {
        const own = await context.newPage();
        await own.goto(`${site.api}${address}`);
        await spinners(own).first().waitFor({ timeout: 30_000 });
        await expectNoClaim(own, address);
        // Alerts are compared for a minute before anybody gives up.
        if (!address.includes('reconciliation')) {
          await retries(own).first().waitFor({ timeout: 40_000 });
          await expect.poll(() => spinners(own).count(), { timeout: 20_000, message: address }).toBe(0);
          await expectNoClaim(own, address);
        }
        await own.screenshot({ path: path.join(pictures, nameOf('hangs', name, address)) });
        await own.close();
      }),
    );
    await context.close();
  }, 240_000);

  test('says since when the site is gone, and no longer once it is back', async () => {
    const { page, context } = await open(name);
    await page.locator('nav.navigation a').last().click();
    const banner = page.locator('.banner');
    await page.locator('.dot.ok, .dot.degraded, .dot.down').first().waitFor({ timeout: 20_000 });
    expect(await banner.count()).toBe(0);

    await context.setOffline(true);
    await banner.waitFor({ timeout: 60_000 });
    expect(await banner.textContent()).toMatch(/\d\d:\d\d:\d\d 起与服务器断开/);
    await page.locator('.dot.unknown').waitFor();
    expect(await page.locator('main .is-live, main .live-mark').count()).toBe(0);
    await page.screenshot({ path: path.join(pictures, `state-lost-${name}.png`) });

    await context.setOffline(false);
    await banner.waitFor({ state: 'detached', timeout: 60_000 });
    await context.close();
  }, 180_000);
});

test('an auditor, who has no alert stream, is told when the API answers no more', async () => {
  const { page, context } = await open('zhou');
  await page.locator('.dot.ok, .dot.degraded, .dot.down').first().waitFor({ timeout: 20_000 });

  process.kill(site.pidsOf('api').at(-1) ?? 0, 'SIGSTOP');

  await page.locator('.banner').waitFor({ timeout: 60_000 });
  process.kill(site.pidsOf('api').at(-1) ?? 0, 'SIGCONT');
  await page.locator('.banner').waitFor({ state: 'detached', timeout: 60_000 });
  await context.close();
}, 180_000);
