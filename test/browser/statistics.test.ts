import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../conformance/sources.ts';
import { testApi } from '../fixtures/api/test-api.ts';
import { seriousViolations } from '../fixtures/browser/serious.ts';

const views = ['responses', 'alerts', 'falseAlarms', 'availability', 'lines', 'activity', 'report'];
const pictures = path.join(repositoryRoot, 'var/screenshots');
const api = testApi();
const complaints: string[] = [];
let browser: Browser;
let page: Page;
let address: string;

/** The real API, with its security policy, over a history in memory, and a real browser before it. */
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  await build({ configFile: path.join(repositoryRoot, 'vite.config.ts'), logLevel: 'error' });
  address = await api.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});

afterAll(async () => {
  await browser?.close();
  await api.app.close();
});

const show = async (view: string): Promise<void> => {
  await page.goto(`${address}/statistics?view=${view}`);
  await page.locator('.view-links').waitFor();
};

test('a plot is read with the arrow keys, and the same numbers stand beside it', async () => {
  await show('alerts');
  await page.locator('.plot-ground canvas').first().waitFor();
  await page.locator('.plot-ground').first().focus();
  await page.keyboard.press('Home');

  await expect.poll(() => page.locator('.plot-reading').first().textContent()).toContain('预警 5 条');
  expect(await page.locator('.side-by-side td').first().textContent()).toBe('5');
});

test('a share of few is not given, and what it rests on is', async () => {
  await show('falseAlarms');

  await expect.poll(() => page.locator('.share-bar').first().textContent()).toBe('样本太少（1/4）');
});

test('a table is saved as a file that spreadsheets read', async () => {
  await show('falseAlarms');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出' }).first().click();
  const file = await saved;

  expect(file.suggestedFilename()).toBe('false-alarms-by-scenario.csv');
  expect(await readFile(await file.path(), 'utf8')).toMatch(
    /^\uFEFF场景,预警数,.*\r\n[^\r]+,5,4,1,0\.25,动物 1\r\n$/,
  );
});

test('the report is printed without what stands around it', async () => {
  await show('report');
  await page.locator('.paper').waitFor();
  await page.emulateMedia({ media: 'print' });

  expect(await page.locator('.bar').isVisible()).toBe(false);
  expect(await page.locator('.span-bar').isVisible()).toBe(false);
  expect(await page.locator('.paper h2').isVisible()).toBe(true);
  await page.emulateMedia({ media: null });
});

test.each([
  ['zh', 'dark'],
  ['en', 'light'],
] as const)('every view opens in %s and %s, and axe finds nothing serious', async (language, theme) => {
  await page.addInitScript(
    ([spoken, shown]) => {
      localStorage.setItem('xueliang.language', spoken);
      localStorage.setItem('xueliang.theme', shown);
    },
    [language, theme] as const,
  );
  for (const view of views) {
    await show(view);
    await page.locator('.figure, .paper').first().waitFor();
    await page.screenshot({
      path: path.join(pictures, `statistics-${view}-${language}-${theme}.png`),
      fullPage: true,
    });
    if (language === 'en')
      expect(await page.locator('.statistics').textContent(), view).not.toMatch(/这|预警数|时间段/);
    expect(await seriousViolations(page), view).toEqual([]);
  }
});

test('nothing is against the security policy, and no script fails', () => {
  expect(complaints).toEqual([]);
});
