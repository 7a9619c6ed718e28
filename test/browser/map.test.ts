import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Site } from '../../core/schema/site.ts';
import { repositoryRoot } from '../conformance/sources.ts';
import { type SiteUnderTest, startSite } from '../e2e/site-under-test.ts';
import { testCamera } from '../fixtures/ingest/test-camera.ts';

let folder: string;
let site: SiteUnderTest;
let tiles: Server;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const asked: string[] = [];

const village = '431103110201';
const stands = (index: number) => ({ longitude: 111.58 + index * 0.002, latitude: 26.318 });
const cameras = [0, 1, 2].map((index) => ({
  ...testCamera(`gate-${index}`, 'rtsp://127.0.0.1:9/none'),
  ...{ name: `村口 ${index}`, place: village, location: stands(index) },
}));

const siteOf = (tilePort: number): Site => ({
  site: {
    ...{ id: 'caishi', name: '蔡市镇', place: '431103110', allowedNetworks: ['127.0.0.0/8'] },
    map: {
      tiles: {
        url: `http://127.0.0.1:${tilePort}/{z}/{x}/{y}.png`,
        ...{ attribution: '自建图源 <b>&</b>', maxZoom: 18, coordinates: 'gcj02' },
      },
    },
  },
  places: [
    { code: '431103110', name: '蔡市镇' },
    { code: village, name: '邓家铺村', nameEn: 'Dengjiapu', location: stands(1) },
  ],
  cameras,
  scenarios: [],
  monitoringPoints: [{ id: 'room', name: '村监控室', place: village, location: stands(1) }],
});

/** The whole program with three dead cameras, a tile server of the site's own, and a real browser before it. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'map-'));
  await build({ configFile: path.join(repositoryRoot, 'vite.config.ts'), logLevel: 'error' });
  const ground = { width: 256, height: 256, channels: 3, background: '#dfe8d8' } as const;
  const tile = await sharp({ create: ground }).png().toBuffer();
  tiles = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Content-Type', 'image/png').end(tile);
  });
  await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
  site = await startSite(folder, siteOf((tiles.address() as AddressInfo).port));
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${site.api}/map`);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  tiles?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the map is drawn on the tiles of the site and says whose they are', async () => {
  await page.locator('.leaflet-tile-loaded').first().waitFor({ timeout: 30_000 });

  expect(asked.length).toBeGreaterThan(0);
  expect(await page.locator('.map-attribution').textContent()).toBe('自建图源 <b>&</b>');
});

test('everything on the map is in the list too, and a key opens it', async () => {
  const row = page.getByRole('button', { name: /村口 1/ });
  await row.waitFor({ timeout: 30_000 });
  expect(await page.locator('.map-row').count()).toBe(4);

  await row.focus();
  await page.keyboard.press('Enter');

  const card = page.getByRole('complementary', { name: '村口 1' });
  await card.waitFor();
  // As it was entered, although the tiles have it some hundred metres away.
  expect(await card.textContent()).toContain('111.58200, 26.31800');
});

test('a press on a camera opens it', async () => {
  const box = await page.locator('.map-host').boundingBox();
  if (!box) throw new Error('no map');
  await page.getByRole('button', { name: '关闭' }).click();
  // What was chosen last is in the middle.
  await page.waitForTimeout(1000);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);

  await page.getByRole('complementary', { name: /村口 1|村监控室/ }).waitFor();
});

test('nothing serious keeps somebody from it, in either theme', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
    await page.evaluate(axe);
    const found: string[] = await page.evaluate(`axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id))`);
    expect(found, theme).toEqual([]);
  }
});

test('nothing is against the security policy, and no script fails', () => {
  expect(complaints).toEqual([]);
});
