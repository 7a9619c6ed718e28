import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, signIn } from '../../fixtures/browser/open-page.ts';

/** What somebody's wall shows, wherever they sit. */
export const testLayouts = (site: () => { browser: Browser; api: string }): void => {
  test('a layout follows its user to another machine, and nobody else; one of before moves in once', async () => {
    const { browser, api } = site();
    const names = '.wall-layouts select option';
    const [here, there, other] = await Promise.all([1, 2, 3].map(() => openPage(browser, api)));
    if (!here || !there || !other) throw new TypeError('three pages');
    await here.context.addInitScript(() => {
      if (sessionStorage.getItem('was') !== null) return;
      sessionStorage.setItem('was', 'here');
      const old = [{ name: '旧布局', size: 1, cameraIds: ['granary-lawn'] }];
      localStorage.setItem('xueliang.wall.layouts.wang', JSON.stringify(old));
    });
    await signIn(here.page, api, 'wang', '/wall');
    await here.page.getByRole('button', { name: '存到我的账号' }).click({ timeout: 30_000 });
    await here.page.locator('.wall-left').waitFor({ state: 'detached' });
    await here.page.locator('.wall-layouts input').fill('早班');
    await here.page.getByRole('button', { name: '保存布局' }).click();
    await here.page.locator(names, { hasText: '早班' }).waitFor({ state: 'attached' });

    await signIn(there.page, api, 'wang', '/wall');
    await there.page.locator(names, { hasText: '早班' }).waitFor({ state: 'attached', timeout: 30_000 });
    await there.page.locator('.wall-layouts select').selectOption({ label: '旧布局' });
    await expect.poll(() => there.page.locator('.wall-tile').count()).toBe(1);
    expect(await there.page.locator('.live').getAttribute('data-camera')).toBe('granary-lawn');
    await there.page.reload();
    await expect.poll(() => there.page.locator('.live').getAttribute('data-camera')).toBe('granary-lawn');
    expect(await there.page.locator('.wall-tile').count()).toBe(1);
    await here.page.reload();
    await here.page.locator(names, { hasText: '旧布局' }).waitFor({ state: 'attached' });
    expect(await here.page.locator('.wall-left').count()).toBe(0);

    await signIn(other.page, api, 'li', '/wall');
    await other.page.locator('.wall-grid').waitFor({ timeout: 30_000 });
    await other.page.waitForTimeout(1500);
    expect(await other.page.locator(names).count()).toBe(1);
    expect([here, there, other].flatMap(({ complaints }) => complaints)).toEqual([]);
    for (const { context } of [here, there, other]) await context.close();
  });
};
