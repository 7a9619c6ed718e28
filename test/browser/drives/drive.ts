import type { Browser } from 'playwright-core';
import type { ConsoleSite } from '../../fixtures/browser/console-site.ts';
import { openPage, type PageOptions, signIn, type WatchedPage } from '../../fixtures/browser/open-page.ts';

/** What drives share: one site under way, and a browser before it. Filled before the first test. */
export interface Stage {
  open: ConsoleSite;
  browser: Browser;
  api: string;
}

/** Somebody at a machine of their own, signed in and on a page. */
export const sit = async (
  { browser, api }: Stage,
  user: string,
  path: string,
  options: PageOptions = {},
): Promise<WatchedPage> => {
  const watched = await openPage(browser, api, options);
  await signIn(watched.page, api, user, path);
  return watched;
};
