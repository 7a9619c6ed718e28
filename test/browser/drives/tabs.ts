import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../conformance/sources.ts';
import type { PageOptions } from '../../fixtures/browser/open-page.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { type Stage, sit } from './drive.ts';

const pictures = path.join(repositoryRoot, 'var/screenshots');

/** Whose pages have tabs; each sees those of the roles that they have. */
const owners = [
  { user: 'chen', at: '/engineer' },
  { user: 'qian', at: '/system' },
  { user: 'sun', at: '/system' },
  { user: 'zhou', at: '/system' },
  { user: 'wang', at: '/search' },
] as const;

const tabsOf = async (page: Page, at: string): Promise<string[]> => {
  const links = page.locator(`main a[href^="${at}?tab="]`);
  await links.first().waitFor();
  return links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
};

export const driveTabs = (stage: Stage, options: Required<PageOptions>): void => {
  test('every tab opens without an error and can be used by everybody', async () => {
    const seen = new Set<string>();
    for (const { user, at } of owners) {
      const { page, context, complaints } = await sit(stage, user, at, options);
      for (const address of await tabsOf(page, at)) {
        if (seen.has(address)) continue;
        seen.add(address);
        await page.goto(`${stage.api}${address}`);
        await page.waitForTimeout(500);
        await page.locator('main .spinner').first().waitFor({ state: 'detached' });
        const name = address.slice(1).replace('?tab=', '-');
        await page.screenshot({
          path: path.join(pictures, `${name}-${options.language}-${options.theme}.png`),
        });
        expect(await seriousViolations(page), address).toEqual([]);
      }
      expect(complaints, user).toEqual([]);
      await context.close();
    }
    expect(seen.size).toBeGreaterThan(owners.length);
  });
};
