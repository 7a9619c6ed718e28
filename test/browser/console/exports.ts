import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, signIn } from '../../fixtures/browser/open-page.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { alertAtHand, stepTo } from './alert-at-hand.ts';

/** Evidence that leaves the site, from the page that asks for it to the one that approves it. */
export const testExports = (site: () => { browser: Browser; api: string }): void => {
  test('an export is asked for by one, approved by another, and neither is offered the other’s part', async () => {
    const { browser, api } = site();
    const [one, other] = await Promise.all([openPage(browser, api), openPage(browser, api)]);
    await signIn(one.page, api, 'wang');
    await alertAtHand(one.page);
    await one.page.goto(`${api}/search`);
    await one.page.locator('.choose-box input').first().check({ timeout: 60_000 });
    await one.page.keyboard.press('e');
    const dialog = one.page.locator('dialog[open]');
    await dialog.locator('select').selectOption('disposalReview');
    await dialog.locator('textarea').fill('村委会要了解昨晚的处置情况');
    expect(await dialog.textContent()).toContain('人物和车牌所在位置都已打码');
    expect(await seriousViolations(one.page)).toEqual([]);
    await dialog.getByRole('button', { name: '申请导出' }).click();
    await one.page.locator('.toasts').getByText('已申请导出').waitFor();

    await one.page.getByRole('link', { name: '导出登记' }).click();
    const own = one.page.locator('.export[data-state=asked]').first();
    await own.getByText('村委会要了解昨晚的处置情况').waitFor();
    expect(await own.getByRole('button').allTextContents()).toEqual(['撤回']);

    await signIn(other.page, api, 'li', '/search?tab=exports');
    const theirs = other.page.locator('.export[data-state=asked]').first();
    await theirs.getByRole('button', { name: '批准', exact: true }).click();
    await other.page.locator('.toasts').getByText('已批准').waitFor();
    expect(await seriousViolations(other.page)).toEqual([]);

    await one.page.locator('.export[data-state=approved]').first().waitFor({ timeout: 20_000 });
    expect([...one.complaints, ...other.complaints]).toEqual([]);
    await one.context.close();
    await other.context.close();
  });

  test('false alarms are asked for as hard examples, for training alone', async () => {
    const { browser, api } = site();
    const dispatcher = await openPage(browser, api);
    await signIn(dispatcher.page, api, 'wang');
    await stepTo(dispatcher.page, await alertAtHand(dispatcher.page), { to: 'falseAlarm', reason: 'light' });
    await dispatcher.context.close();
    const { page, context, complaints } = await openPage(browser, api);
    await signIn(page, api, 'chen', '/engineer?tab=falseAlarms');

    await page.locator('.gallery-item .choose-box input').first().check({ timeout: 30_000 });
    await page.keyboard.press('e');
    const dialog = page.locator('dialog[open]');
    await dialog.getByRole('button', { name: 'COCO' }).click();
    await dialog.locator('textarea').fill('地面反光被当成了人，补充训练样本');
    await dialog.getByRole('button', { name: '申请导出' }).click();
    await page.locator('.toasts').getByText('已申请导出').waitFor();

    await page.goto(`${api}/search?tab=exports`);
    await page.getByText('1 条误报，COCO 格式').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
};
