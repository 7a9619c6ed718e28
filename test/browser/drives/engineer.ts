import { expect, test } from 'vitest';
import { type Stage, sit } from './drive.ts';

/** Why cameras alert or do not, and what people called false. */
export const driveEngineer = (stage: Stage): void => {
  test('a camera explains itself, with the live picture and what each scenario lacks', async () => {
    const { page, context, complaints } = await sit(stage, 'chen', '/engineer?camera=assembly-point');

    await page.locator('.short-table', { hasText: '集合点人员聚集' }).waitFor({ timeout: 30_000 });
    await page.locator('.tier-minute').first().waitFor();
    await page.locator('.live[data-camera=assembly-point][data-state=live]').waitFor({ timeout: 60_000 });
    const boxes = page.getByRole('button', { name: '目标框' });
    await boxes.click();

    expect(await boxes.getAttribute('aria-pressed')).toBe('false');
    await page.goto(`${stage.api}/engineer?tab=models`);
    await page.locator('.panel', { hasText: '使用中' }).first().waitFor();
    expect(await page.locator('.panel', { hasText: '使用中' }).first().textContent()).toMatch(/worker-1/);
    await page.goto(`${stage.api}/engineer?tab=thresholds`);
    await page.getByText('还没有测过阈值').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what an operator calls a false alarm stands in the gallery, with its picture and reason', async () => {
    const [operator, engineer] = await Promise.all([
      sit(stage, 'wang', '/'),
      sit(stage, 'chen', '/engineer?tab=falseAlarms'),
    ]);
    await operator.page
      .locator('.alert-row', { has: operator.page.locator('img.thumbnail') })
      .first()
      .locator('.alert-open')
      .click({ timeout: 100_000 }); // a round of the footage lasts 90 s
    await operator.page.waitForURL(/alert=/);
    await operator.page.keyboard.press('f');
    await operator.page.locator('dialog[open] input[type=radio]').first().check();
    await operator.page.locator('dialog[open]').getByRole('button', { name: '确定' }).click();
    await operator.page.locator('.toasts').getByText('误报：已记下').waitFor();

    await engineer.page.reload();
    const picture = engineer.page.locator('.gallery-item img').first();
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(engineer.complaints).toEqual([]);
    await Promise.all([operator.context.close(), engineer.context.close()]);
  });
};
