import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../conformance/sources.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { type Stage, sit } from './drive.ts';
import { pictureDelay } from './picture-delay.ts';

const pictures = path.join(repositoryRoot, 'var/screenshots');
const cameraPage = '/cameras?section=cameras&id=full-view';
const market = '集市口';
const pictureWithinMs = 3_000;

const surface = (page: Page) => page.locator('svg.shapes');

/** Takes the chosen shape's point and puts it at shares of the picture. */
const dragPoint = async (page: Page, point: number, [x, y]: readonly [number, number]): Promise<void> => {
  const handle = await page.locator('circle.handle').nth(point).boundingBox();
  const ground = await surface(page).boundingBox();
  if (!handle || !ground) throw new Error('nothing is drawn');
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(ground.x + ground.width * x, ground.y + ground.height * y, { steps: 4 });
  await page.mouse.up();
};

const chooseZone = async (page: Page): Promise<void> => {
  await page.locator('.live').waitFor(); // the camera's status is here, and with it the form of its picture
  await page.locator('.shape-list .shape-kind').first().click();
  await page.locator('circle.handle').first().waitFor();
};

const drawnPoints = (page: Page) => page.locator('polygon.shape.zones').getAttribute('points');

/** Opens the dialog of what will change. */
const askToSave = async (page: Page) => {
  await page.getByRole('button', { name: '保存…' }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.changes, table.conflict').waitFor();
  return dialog;
};

/** Zones are drawn in the browser and hold at once. */
export const driveZones = (stage: Stage): void => {
  test('a zone that is drawn over people is in force without a restart; its alert has its picture within three seconds', async () => {
    const [engineer, queue] = await Promise.all([sit(stage, 'chen', cameraPage), sit(stage, 'wang', '/')]);
    const { page, complaints } = engineer;
    await chooseZone(page);
    expect(await queue.page.locator('.alert-row', { hasText: market }).count()).toBe(0);

    await dragPoint(page, 1, [0.97, 0.03]);
    await dragPoint(page, 2, [0.97, 0.97]);
    await dragPoint(page, 3, [0.03, 0.97]);
    const dialog = await askToSave(page);
    expect(await dialog.locator('.changes').textContent()).toContain('区域');
    const delay = pictureDelay(queue.page, market);
    await dialog.getByRole('button', { name: '确认保存' }).click();
    await page.locator('.toasts').getByText('已保存', { exact: false }).waitFor();
    const savedAt = Date.now();

    const delayMs = await delay;
    process.stdout.write(
      `zone saved → alert with picture: ${Date.now() - savedAt} ms; raised → picture: ${delayMs} ms\n`,
    );
    expect(delayMs).toBeLessThanOrEqual(pictureWithinMs);
    await page.locator('.live[data-state=live]').waitFor({ timeout: 30_000 });
    await page.getByText('在保存后已上报状态', { exact: false }).waitFor({ timeout: 45_000 });
    expect([...complaints, ...queue.complaints]).toEqual([]);
    await Promise.all([engineer.context.close(), queue.context.close()]);
  });

  test('what was drawn by keys is undone and done again by keys, and nothing is saved unasked', async () => {
    const { page, context, complaints } = await sit(stage, 'chen', cameraPage);
    await chooseZone(page);
    const before = await drawnPoints(page);
    await surface(page).focus();

    await page.keyboard.press('n');
    await page.keyboard.press('Shift+ArrowRight');
    const moved = await drawnPoints(page);
    await page.keyboard.press('Control+z');
    const undone = await drawnPoints(page);
    await page.keyboard.press('Control+Shift+Z');

    expect(moved).not.toBe(before);
    expect(undone).toBe(before);
    expect(await drawnPoints(page)).toBe(moved);
    await page.getByRole('button', { name: '放弃改动' }).click();
    await expect.poll(() => drawnPoints(page)).toBe(before);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('of two who change the same camera the second is told, and keeps both changes', async () => {
    const [first, second, third] = await Promise.all([
      sit(stage, 'chen', cameraPage),
      sit(stage, 'chen', cameraPage),
      sit(stage, 'chen', cameraPage, { language: 'en', theme: 'light' }),
    ]);
    await Promise.all([first, second, third].map(({ page }) => chooseZone(page)));
    await surface(first.page).focus();
    await first.page.keyboard.press('n');
    await first.page.keyboard.press('Shift+ArrowRight');
    await (await askToSave(first.page)).getByRole('button', { name: '确认保存' }).click();
    await first.page.locator('.toasts').getByText('已保存', { exact: false }).waitFor();
    const theirs = await drawnPoints(first.page);

    await second.page.locator('.form-all').getByLabel('名称').first().fill('集市口东');
    const dialog = await askToSave(second.page);
    expect(await dialog.locator('h2').textContent()).toBe('别人已先修改');
    expect(await dialog.locator('table.conflict').textContent()).toContain('集市口东');
    await second.page.screenshot({ path: path.join(pictures, 'dialog-conflict-zh-dark.png') });
    await third.page.locator('.form-all').getByLabel('Name').first().fill('Market east');
    await third.page.getByRole('button', { name: 'Save…' }).click();
    await third.page.locator('dialog[open] table.conflict').waitFor();
    await third.page.screenshot({ path: path.join(pictures, 'dialog-conflict-en-light.png') });
    expect(await seriousViolations(third.page)).toEqual([]);

    await dialog.getByRole('button', { name: '在对方之上保留我的' }).click();
    expect(await dialog.locator('.changes').textContent()).not.toContain('区域');
    await dialog.getByRole('button', { name: '确认保存' }).click();
    await second.page.locator('.toasts').getByText('已保存', { exact: false }).waitFor();

    await second.page.locator('.editor-head h2', { hasText: '集市口东' }).waitFor();
    await chooseZone(second.page);
    expect(await drawnPoints(second.page)).toBe(theirs);
    await Promise.all([first, second, third].map(({ context }) => context.close()));
  });
};
