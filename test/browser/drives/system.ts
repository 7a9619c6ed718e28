import { expect, test } from 'vitest';
import { platformSecret } from '../../fixtures/browser/console-site.ts';
import { type Stage, sit } from './drive.ts';

const ok = 200;

/** How the program fares, and what an administrator does about it. */
export const driveSystem = (stage: Stage): void => {
  test('a system administrator sees nodes, bus, storage, and whether an alert was lost', async () => {
    const { page, context, complaints } = await sit(stage, 'qian', '/system');
    await page.locator('.short-table', { hasText: 'worker-1' }).waitFor();
    await page.goto(`${stage.api}/system?tab=bus`);
    await page.locator('.short-table', { hasText: 'hook-county' }).waitFor();
    await page.goto(`${stage.api}/system?tab=storage`);
    await page.getByText('2GB').waitFor();

    await page.goto(`${stage.api}/system?tab=reconciliation`);
    await page.getByRole('button', { name: '现在对账' }).click();

    await page.getByText('比对于', { exact: false }).waitFor({ timeout: 60_000 });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what a platform refused is listed with the reason, and told once it is sent again', async () => {
    const { page, context, answers, complaints } = await sit(stage, 'qian', '/system?tab=feeds');
    await page.getByRole('button', { name: /^查看 \d+ 条/ }).click();
    const dialog = page.locator('dialog[open]');
    await dialog
      .getByText('对方拒收，不再重试（HTTP 410）')
      .or(dialog.getByText(/对方拒收，不再重试 \(HTTP 410\)/))
      .first()
      .waitFor();

    stage.open.platform.answer = () => ok;
    await dialog.getByRole('button', { name: '全部重发' }).click();
    await page.locator('.toasts').getByText('正在重发', { exact: false }).waitFor();

    await page.locator('.short-table .badge', { hasText: '无' }).waitFor({ timeout: 60_000 });
    expect(answers.join('\n')).not.toContain(platformSecret);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('an auditor reads who did what, and that nobody has touched the log', async () => {
    const { page, context, complaints } = await sit(stage, 'zhou', '/system?tab=audit');
    await page.locator('.audit-table [role=row]').nth(1).click();
    await page.locator('dialog[open]').getByText('本条哈希').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '现在核对' }).click();

    await page.locator('.badge.good').first().waitFor({ timeout: 60_000 });
    expect(complaints).toEqual([]);
    await context.close();
  });
};
