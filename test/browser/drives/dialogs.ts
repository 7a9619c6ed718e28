import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../conformance/sources.ts';
import type { PageOptions } from '../../fixtures/browser/open-page.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { type Stage, sit } from './drive.ts';

const pictures = path.join(repositoryRoot, 'var/screenshots');

interface Opening {
  name: string;
  user: string;
  at: string;
  open(page: Page): Promise<void>;
}

const press =
  (selector: string, index = 0) =>
  async (page: Page): Promise<void> => {
    await page.locator(selector).nth(index).click();
  };

const save = async (page: Page): Promise<void> => {
  await page.locator('.form-all input').first().fill('改名');
  await page.locator('.editor-head button').first().click();
  await page.locator('dialog[open] .changes').waitFor();
};

const camera = '/cameras?section=cameras&id=granary-lawn';
const byKey =
  (key: string) =>
  async (page: Page): Promise<void> => {
    await page.locator('.alert-open').first().click();
    await page.waitForURL(/alert=/);
    await page.keyboard.press(key);
  };

const chooseToExport = async (page: Page): Promise<void> => {
  await page.locator('.choose-box input').first().check({ timeout: 60_000 });
  await page.keyboard.press('e');
};

/** Every dialog that changes nothing while it is only looked at. */
const openings: Opening[] = [
  { name: 'import', user: 'chen', at: '/cameras', open: press('.settings-list header .row button', 1) },
  { name: 'save', user: 'chen', at: camera, open: save },
  { name: 'remove', user: 'chen', at: camera, open: press('.editor-head .button.bad') },
  { name: 'dead-letters', user: 'qian', at: '/system?tab=feeds', open: press('.short-table button') },
  { name: 'add-user', user: 'sun', at: '/system?tab=users', open: press('.panel .button.main') },
  { name: 'add-key', user: 'sun', at: '/system?tab=users', open: press('.panel .button.main', 1) },
  { name: 'change-user', user: 'sun', at: '/system?tab=users', open: press('.short-table .button.plain') },
  { name: 'remove-user', user: 'sun', at: '/system?tab=users', open: press('.short-table .button.bad') },
  { name: 'record', user: 'zhou', at: '/system?tab=audit', open: press('.audit-table [role=row]', 1) },
  { name: 'help', user: 'wang', at: '/', open: byKey('?') },
  { name: 'dispatch', user: 'wang', at: '/', open: byKey('d') },
  { name: 'resolve', user: 'wang', at: '/', open: byKey('r') },
  { name: 'false-alarm', user: 'wang', at: '/', open: byKey('f') },
  { name: 'export', user: 'wang', at: '/search', open: chooseToExport },
];

export const driveDialogs = (stage: Stage, options: Required<PageOptions>): void => {
  test('the editor of zones can be used by everybody', async () => {
    const { page, context, complaints } = await sit(stage, 'chen', camera, options);
    await page.locator('.live').waitFor();
    await page.locator('.shape-list .shape-kind').first().click();
    await page.locator('circle.handle').first().waitFor();
    await page.locator('.shape-list').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(pictures, `zones-${options.language}-${options.theme}.png`) });
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('every dialog opens without an error and can be used by everybody', async () => {
    const found: string[] = [];
    for (const user of new Set(openings.map((opening) => opening.user))) {
      const { page, context, complaints } = await sit(stage, user, '/', options);
      for (const { name, at, open } of openings.filter((opening) => opening.user === user)) {
        await page.goto(`${stage.api}${at}`);
        await open(page);
        await page.locator('dialog[open]').waitFor();
        await page.locator('dialog[open] .spinner').waitFor({ state: 'detached' });
        await page.screenshot({
          path: path.join(pictures, `dialog-${name}-${options.language}-${options.theme}.png`),
        });
        found.push(...(await seriousViolations(page)).map((violation) => `${name}: ${violation}`));
      }
      found.push(...complaints);
      await context.close();
    }
    expect(found).toEqual([]);
  });
};
