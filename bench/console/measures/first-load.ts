import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchBrowser } from '../browser.ts';

/** One opening of the queue by somebody who was never here. */
export interface FirstLoad {
  /** All that came over the wire, headers too, until the queue answered a key. */
  bytes: number;
  requests: number;
  /** By kind of resource. */
  byKind: Readonly<Record<string, number>>;
  /** From the navigation to the first alert's row, and until it has answered a key. */
  rowMs: number;
  interactiveMs: number;
}

/** Presses the key for the first alert as soon as there is one, and notes when it is chosen. */
const pressWhenThere = () => {
  const told = globalThis as typeof globalThis & { benchRowMs?: number; benchInteractiveMs?: number };
  const look = (): void => {
    const row = document.querySelector('.alert-row');
    if (row && document.querySelector('.alert-row.chosen')) {
      told.benchInteractiveMs = performance.now();
      return;
    }
    if (row) {
      told.benchRowMs ??= performance.now();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    }
    setTimeout(look, 4);
  };
  look();
};

const withinMs = 20_000;

/** Opens the queue in a context that has nothing cached. */
export const measureFirstLoad = async (browser: BenchBrowser, api: string): Promise<FirstLoad> => {
  const opened = await browser.open('', `(${pressWhenThere.toString()})()`);
  const { page, devTools, context } = opened;
  try {
    const kinds = new Map<string, string>();
    const byKind: Record<string, number> = {};
    let requests = 0;
    devTools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId) ?? 'other';
      requests++;
      byKind[kind] = (byKind[kind] ?? 0) + encodedDataLength;
    });
    await devTools.send('Network.enable');
    await page.goto(api, { waitUntil: 'commit' });
    await page.locator('.alert-row.chosen').waitFor({ timeout: withinMs });
    await sleep(300);
    const { rowMs, interactiveMs } = await page.evaluate(() => {
      const told = globalThis as typeof globalThis & { benchRowMs?: number; benchInteractiveMs?: number };
      return { rowMs: told.benchRowMs, interactiveMs: told.benchInteractiveMs };
    });
    const bytes = Object.values(byKind).reduce((sum, value) => sum + value, 0);
    return {
      bytes,
      requests,
      byKind,
      rowMs: rowMs ?? Number.NaN,
      interactiveMs: interactiveMs ?? Number.NaN,
    };
  } finally {
    await context.close();
  }
};
