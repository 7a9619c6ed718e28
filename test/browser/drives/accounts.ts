import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage } from '../../fixtures/browser/open-page.ts';
import { type Stage, sit } from './drive.ts';

const doneWith = async (page: Page, said: string): Promise<void> => {
  await page.locator('.toasts').getByText(said).waitFor();
};

/** The secret that is shown, the only time. */
const takeSecret = async (page: Page): Promise<string> => {
  const secret = (await page.locator('dialog[open] output.secret').textContent()) ?? '';
  await page.getByRole('button', { name: '已记下' }).click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  return secret;
};

/** Users and keys, by a security administrator. */
export const driveAccounts = (stage: Stage): void => {
  test('a security administrator makes a user and a key, shows each secret once, changes grants, and removes both', async () => {
    const { page, context, complaints } = await sit(stage, 'sun', '/system?tab=users');
    const dialog = page.locator('dialog[open]');

    await page.getByRole('button', { name: '添加用户' }).click();
    await dialog.getByLabel('用户名').fill('ma');
    await dialog.getByRole('button', { name: '添加', exact: true }).click();
    const secret = await takeSecret(page);
    expect(secret.length).toBeGreaterThan(10);
    const other = await openPage(stage.browser, stage.api);
    await other.page.goto(stage.api);
    await other.page.locator('input[name=username]').fill('ma');
    await other.page.locator('input[name=password]').fill(secret);
    await other.page.locator('button[type=submit]').click();
    await other.page.locator('nav').first().waitFor();
    await other.context.close();

    const row = page.locator('tr', { hasText: 'ma' }).filter({ has: page.getByText('ma', { exact: true }) });
    await row.getByRole('button', { name: '修改' }).click();
    await dialog.getByLabel('调度员').check();
    await dialog.getByRole('button', { name: '保存' }).click();
    await doneWith(page, '已修改 ma');
    await row.getByText('调度员', { exact: false }).waitFor();

    await page.getByRole('button', { name: '新建密钥' }).click();
    await dialog.getByLabel('密钥名').fill('board');
    await dialog.getByRole('button', { name: '新建', exact: true }).click();
    const key = await takeSecret(page);
    await page.reload();
    await page.getByText('board', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(key);
    expect(await page.content()).not.toContain(secret);

    for (const id of ['board', 'ma']) {
      const one = page.locator('tr').filter({ has: page.getByText(id, { exact: true }) });
      await one.getByRole('button', { name: '删除' }).click();
      await dialog.getByRole('button', { name: '删除', exact: true }).click();
      await doneWith(page, `已删除 ${id}`);
      await one.waitFor({ state: 'detached' });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
};
