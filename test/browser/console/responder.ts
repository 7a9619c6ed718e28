import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../conformance/sources.ts';
import { openPage, signIn } from '../../fixtures/browser/open-page.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { alertAtHand, askAs, stepTo } from './alert-at-hand.ts';

const pictures = path.join(repositoryRoot, 'var/screenshots');

/** A picture with nothing to compress: some chunks long. */
const noise = async (): Promise<Buffer> => {
  const raw = { width: 1600, height: 1200, channels: 3 } as const;
  const noised = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { ...raw, background: '#808080', noise: noised } })
    .jpeg({ quality: 90 })
    .toBuffer();
};

const lookInBothLanguages = async (page: Page): Promise<void> => {
  for (const [language, other] of [
    ['zh', 'English'],
    ['en', '中文'],
  ] as const) {
    await page.screenshot({ path: path.join(pictures, `responder-${language}.png`), fullPage: true });
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: other }).click();
  }
};

/** Breaks at the second and the fourth chunk; gives the offsets that arrived. */
const spoilLine = async (page: Page): Promise<number[]> => {
  const arrived: number[] = [];
  let count = 0;
  await page.route('**/uploads/**', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    if ([2, 4].includes(++count)) return route.abort('connectionreset');
    arrived.push(Number(route.request().headers()['upload-offset']));
    return route.continue();
  });
  return arrived;
};

/** Somebody on the spot, with a telephone and a poor line, and whoever sent them. */
export const testResponder = (site: () => { browser: Browser; api: string }): void => {
  test('a picture from the spot goes on where the line broke, and the dispatcher sees it large', async () => {
    const { browser, api } = site();
    const sender = await openPage(browser, api);
    await signIn(sender.page, api, 'wang');
    const alert = await alertAtHand(sender.page);
    const people = await askAs<{ items: { id: string; place: string }[] }>(sender.page, '/api/v1/responders');
    const responder = people.items.find(({ place }) => place === alert.place)?.id;
    const { answerLink } = await stepTo(sender.page, alert, { to: 'dispatched', responder });
    const phone = await openPage(browser, api);
    await phone.page.setViewportSize({ width: 390, height: 844 });
    await phone.page.goto(new URL(answerLink?.url ?? '', api).href);
    await phone.page.locator('footer .next').waitFor();
    await lookInBothLanguages(phone.page);
    const arrived = await spoilLine(phone.page);

    const file = { name: 'spot.jpg', mimeType: 'image/jpeg', buffer: await noise() };
    await phone.page.locator('input[type=file]').first().setInputFiles(file);

    await phone.page.getByText('1 张已上传').waitFor({ timeout: 120_000 });
    expect(arrived.length).toBeGreaterThan(2);
    expect(arrived).toEqual([...new Set(arrived)].sort((a, b) => a - b));
    expect(arrived.filter((offset) => offset === 0)).toHaveLength(1);
    await sender.page.goto(`${api}/?alert=${alert.alertId}`);
    const small = sender.page.locator('.spot-picture').first();
    await small.focus({ timeout: 30_000 });
    await sender.page.keyboard.press('Enter');
    const large = sender.page.locator('.spot-large img');
    await expect
      .poll(() => large.evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 15_000 })
      .toBeGreaterThan(600);
    expect([...sender.complaints, ...phone.complaints]).toEqual([]);
    await sender.context.close();
    await phone.context.close();
  }, 240_000);
};
