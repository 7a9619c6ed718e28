import { expect, test } from 'vitest';
import { cameraSecret, platformSecret } from '../../fixtures/browser/console-site.ts';
import { type Stage, sit } from './drive.ts';

const columns = 'id,name,place,url,category,signPosted,filingNumber,owner';
const row = (category: string): string =>
  `gate-9,新村口,431103110201,rtsp://127.0.0.1:9/none,${category},true,演示-9,蔡市镇人民政府`;
const csv = (category: string) => ({
  name: 'cameras.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${columns}\n${row(category)}\n`),
});

/** Cameras and scenarios as an engineer changes them. */
export const driveSettings = (stage: Stage): void => {
  test('a scenario is changed in a form of its schema: a bad value is told, and what last week would have brought', async () => {
    const { page, context, complaints } = await sit(
      stage,
      'chen',
      '/cameras?section=scenarios&id=granary-intrusion',
    );
    const dwell = page.getByLabel('持续时间', { exact: true });
    const severity = page.getByLabel('等级').first();
    await severity.waitFor();
    expect(await severity.locator('option').count()).toBeGreaterThanOrEqual(4);

    await dwell.fill('');
    await page.getByRole('button', { name: '保存…' }).click();
    await page.locator('dialog[open]').getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await dwell.fill('1');
    const tried = page.locator('.what-if');
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: '试算上周' }).click();
          await page.getByRole('button', { name: '试算上周' }).waitFor();
          return tried.textContent();
        },
        { timeout: 90_000, interval: 5_000 },
      )
      .toMatch(/按此设置，上周会有 \d+ 次预警（原为 \d+ 次：多 \d+，少 \d+）/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('credentials of a camera can be named and are never shown; an address that holds a password is refused', async () => {
    const { page, context, answers, complaints } = await sit(
      stage,
      'chen',
      '/cameras?section=cameras&id=assembly-point',
    );
    const credentials = page.getByLabel('凭据名称（密码不可查看）');
    await credentials.fill('assembly-hook');
    expect(await page.getByLabel('公安备案编号').inputValue()).toMatch(/^演示-/);
    await page.getByRole('button', { name: '保存…' }).click();
    await page.locator('dialog[open] .changes').waitFor();
    await page.getByRole('button', { name: '确认保存' }).click();
    await page.locator('.toasts').getByText('已保存', { exact: false }).waitFor();
    await expect.poll(() => credentials.inputValue()).toBe('assembly-hook');

    await page.getByLabel('地址（不含用户名和密码）').fill('rtsp://viewer:typed-password-77@127.0.0.1:554/a');
    await page.getByRole('button', { name: '保存…' }).click();
    await page.locator('dialog[open]').getByRole('alert').waitFor();

    expect(await page.locator('dialog[open]').textContent()).not.toContain('typed-password-77');
    for (const secret of [cameraSecret, platformSecret, 'typed-password-77']) {
      expect(answers.join('\n')).not.toContain(secret);
    }
    expect(await page.content()).not.toContain(cameraSecret);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('cameras come from a table: tried first, refused with the row, then taken; and one is removed', async () => {
    const { page, context, complaints } = await sit(stage, 'chen', '/cameras');
    await page.getByRole('button', { name: '批量导入' }).click();
    const dialog = page.locator('dialog[open]');

    await dialog.locator('input[type=file]').setInputFiles(csv('moon'));
    await dialog.getByRole('button', { name: '试运行' }).click();
    await dialog.locator('td', { hasText: '拒绝' }).waitFor();
    expect(await dialog.getByRole('button', { name: /^导入/ }).isDisabled()).toBe(true);
    await dialog.locator('input[type=file]').setInputFiles(csv('road'));
    await dialog.getByRole('button', { name: '试运行' }).click();
    await dialog.locator('td', { hasText: '新增' }).waitFor();
    await dialog.getByRole('button', { name: '导入 1 个' }).click();
    await page.locator('.toasts').getByText('已导入').waitFor();

    await page.goto(`${stage.api}/cameras?section=cameras&id=gate-9`);
    await page.getByRole('button', { name: '删除…' }).click();
    await page.locator('dialog[open] .changes').waitFor();
    await page.locator('dialog[open]').getByRole('button', { name: '删除', exact: true }).click();
    await page.locator('.toasts').getByText('已删除').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
};
