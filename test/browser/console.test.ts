import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../conformance/sources.ts';
import { type ConsoleSite, openConsoleSite } from '../fixtures/browser/console-site.ts';
import { openPage, signIn } from '../fixtures/browser/open-page.ts';
import { seriousViolations } from '../fixtures/browser/serious.ts';
import { firstInQueue } from './console/alert-at-hand.ts';
import { endFirstMaker, testBrokenArchive, testReadyArchive } from './console/archives.ts';
import { testExports } from './console/exports.ts';
import { testLayouts } from './console/layouts.ts';
import { testResponder } from './console/responder.ts';
import { driveAccounts } from './drives/accounts.ts';
import { driveDialogs } from './drives/dialogs.ts';
import type { Stage } from './drives/drive.ts';
import { driveEngineer } from './drives/engineer.ts';
import { driveQuickness } from './drives/quickness.ts';
import { driveSettings } from './drives/settings.ts';
import { driveSystem } from './drives/system.ts';
import { driveTabs } from './drives/tabs.ts';
import { driveThresholds } from './drives/thresholds.ts';
import { driveZones } from './drives/zones.ts';

const pages = ['/', '/wall', '/map', '/search', '/statistics', '/cameras', '/engineer', '/system'] as const;
const pictures = path.join(repositoryRoot, 'var/screenshots');

let open: ConsoleSite;
let browser: Browser;
let api: string;
const stage = {} as Stage;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  open = await openConsoleSite();
  api = open.site.api;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  Object.assign(stage, { open, browser, api });
});

afterAll(async () => {
  await browser?.close();
  await open?.close();
});

/** The first alert of the queue, opened; gives its id. */
const openFirst = async (page: Page): Promise<string> => {
  await (await firstInQueue(page)).locator('.alert-open').click();
  await page.waitForURL(/alert=/);
  return new URL(page.url()).searchParams.get('alert') ?? '';
};

test('a wrong secret is refused, and the right one opens the queue; signing out closes it', async () => {
  const { page, context, complaints } = await openPage(browser, api);
  await page.goto(api);
  await page.locator('input[name=username]').fill('wang');
  await page.locator('input[name=password]').fill('wrong');
  await page.locator('button[type=submit]').click();
  await page.getByText('用户名或密码不对', { exact: false }).waitFor();

  await signIn(page, api, 'wang');
  expect(await page.locator('nav a[aria-current=page]').textContent()).toContain('警情');

  await page.getByText('wang').click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.locator('input[name=password]').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('an alert appears with its picture while the page stands, and says where and what', async () => {
  const { page, context, complaints } = await openPage(browser, api);
  await signIn(page, api, 'wang');
  const first = await firstInQueue(page);

  const picture = page.locator('.alert-row img.thumbnail').first();
  await picture.waitFor({ timeout: 30_000 });
  await expect
    .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 30_000 })
    .toBeGreaterThan(0);

  expect(await first.textContent()).toMatch(/蔡市镇–.+·/);
  expect(complaints).toEqual([]);
  await context.close();
});

test('of two who acknowledge the same alert at once one is first, and the other is told by whom', async () => {
  const [one, other] = await Promise.all([openPage(browser, api), openPage(browser, api)]);
  await Promise.all([signIn(one.page, api, 'wang'), signIn(other.page, api, 'li')]);
  const alertId = await openFirst(one.page);
  await other.page.goto(`${api}/?alert=${alertId}`);
  const accept = ({ page }: typeof one) => page.getByRole('button', { name: /^受理/ });
  await Promise.all([accept(one).waitFor(), accept(other).waitFor()]);

  await Promise.all([accept(one).click(), accept(other).click()]);

  const toasts = [one, other].map(({ page }) => page.locator('.toasts'));
  const said = async () => (await Promise.all(toasts.map((toast) => toast.textContent()))).join('|');
  await expect.poll(said, { timeout: 15_000 }).toMatch(/已受理：已记下/);
  await expect.poll(said, { timeout: 15_000 }).toMatch(/(wang|li) 在 .+ 已把它改为“已受理”/);
  await one.context.close();
  await other.context.close();
});

test('an alert that is resolved by key leaves the queue, with what was written about it', async () => {
  const { page, context, complaints } = await openPage(browser, api);
  await signIn(page, api, 'wang');
  const alertId = await openFirst(page);

  await page.keyboard.press('r');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('textarea, input').first().fill('已劝离');
  await dialog.getByRole('button', { name: '确定' }).click();

  await page.locator('.toasts').getByText('已处置：已记下').waitFor({ timeout: 15_000 });
  const stored = () =>
    page.evaluate(async (id) => {
      const answer = await fetch(`/api/v1/alerts/${id}`);
      const { state, steps } = (await answer.json()) as { state: string; steps: { why?: string }[] };
      return [state, steps.at(-1)?.why];
    }, alertId);
  await expect.poll(stored, { timeout: 10_000 }).toEqual(['resolved', '已劝离']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('what is being typed outlives updates, another alert and a page that is loaded anew', async () => {
  const { page, context } = await openPage(browser, api);
  await signIn(page, api, 'wang');
  const alertId = await openFirst(page);
  const comment = page.locator('#comment-field');
  await comment.fill('门卫说是施工人员，等队长回话');

  await page.reload();
  await page.goto(`${api}/?alert=${alertId}`);

  await expect.poll(() => comment.inputValue(), { timeout: 15_000 }).toBe('门卫说是施工人员，等队长回话');
  await context.close();
});

test('a page that has lost the site says since when, and goes on when it is back', async () => {
  const { page, context } = await openPage(browser, api);
  await signIn(page, api, 'wang');
  await page.locator('main').first().waitFor();

  process.kill(open.site.pidsOf('api').at(-1) ?? 0, 'SIGKILL');
  await page.getByText('与服务器断开', { exact: false }).waitFor({ timeout: 60_000 });

  await page.getByText('与服务器断开', { exact: false }).waitFor({ state: 'detached', timeout: 90_000 });
  await context.close();
});

test('somebody of another township sees, hears of and fetches nothing of it', async () => {
  const { page, context, answers } = await openPage(browser, api);
  await signIn(page, api, 'zhao');
  const inside = [
    '/engineer?camera=granary-lawn',
    '/engineer?tab=falseAlarms',
    '/cameras?section=cameras&id=granary-lawn',
  ];
  const scenario = '/cameras?section=scenarios&id=granary-intrusion';
  for (const address of [...pages, ...inside, scenario, '/system?tab=bus', '/system?tab=feeds']) {
    await page.goto(`${api}${address}`);
    await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined); // streams stay open
    expect(await page.locator('body').textContent(), address).not.toMatch(/粮站草坪|桥头路边|集合点|集市口/);
  }
  expect(answers.length).toBeGreaterThan(8);
  // That there is no such thing repeats what was asked.
  const told = answers.filter((answer) => !answer.includes('"kind":"not-found"'));
  for (const answer of told)
    expect(answer).not.toMatch(/granary-lawn|bridge-verge|assembly-point|full-view|4311031102/);
  await context.close();
});

describe.each([
  ['zh', 'dark'],
  ['en', 'light'],
] as const)('every page in %s and %s', (language, theme) => {
  test('opens without an error, asks nobody else, and can be used by everybody', async () => {
    const { page, context, complaints } = await openPage(browser, api, { language, theme });
    await signIn(page, api, 'chen');
    for (const address of pages) {
      await page.goto(`${api}${address}`);
      await page.locator('main').first().waitFor();
      await page.waitForTimeout(2500);
      const name = address === '/' ? 'queue' : address.slice(1);
      await page.screenshot({ path: path.join(pictures, `${name}-${language}-${theme}.png`) });
      expect(await seriousViolations(page), address).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  driveTabs(stage, { language, theme });
  driveDialogs(stage, { language, theme });
});

describe('in en and dark', () => driveDialogs(stage, { language: 'en', theme: 'dark' }));

// The same site, in files of their own.
for (const testPart of [testLayouts, testResponder]) testPart(() => ({ browser, api }));
describe('of exports', () => {
  let ended: Promise<void>;
  beforeAll(() => {
    ended = endFirstMaker(stage);
    ended.catch(() => undefined); // told where it is waited for
  });

  testExports(() => ({ browser, api }));
  testBrokenArchive(stage, () => ended);
});
driveEngineer(stage);
driveThresholds(stage);
driveZones(stage);
driveSettings(stage);
driveSystem(stage);
driveAccounts(stage);
driveQuickness(stage);
testReadyArchive(stage);
