import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { residentBytes } from '../measure/process-cpu.ts';

/** Debian's Chromium without a screen, which has no GPU here: it paints in software. */
export interface BenchBrowser {
  readonly version: string;
  /** A page of its own context, as on another screen. `prepare` runs before the page's own scripts. */
  open(url: string, prepare?: string): Promise<OpenedPage>;
  /** Resident memory of its processes, by kind and process id. */
  resident(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export interface OpenedPage {
  page: Page;
  devTools: CDPSession;
  context: BrowserContext;
}

const executablePath = '/usr/bin/chromium';
/** What runs the sources puts a call of this around every function with a name, also around those given to a page. */
const keptNames = 'globalThis.__name = (one) => one;';
const viewport = { width: 1600, height: 900 };

export const openBrowser = async (): Promise<BenchBrowser> => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const devTools = await browser.newBrowserCDPSession();
  return {
    version: browser.version(),
    open: (url, prepare) => openPage(browser, url, prepare),
    resident: async () => {
      const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
      return Object.fromEntries(
        processInfo.map(({ type, id }) => [`${type} ${id}`, residentBytes(id)] as const),
      );
    },
    close: () => browser.close(),
  };
};

const openPage = async (browser: Browser, url: string, prepare?: string): Promise<OpenedPage> => {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript(keptNames);
  if (prepare !== undefined) await page.addInitScript(prepare);
  const devTools = await context.newCDPSession(page);
  if (url !== '') await page.goto(url);
  return { page, devTools, context };
};
