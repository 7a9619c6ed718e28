import type { BenchBrowser } from '../browser.ts';
import { type WatchedFrames, watchFrames } from '../watch-frames.ts';

export interface QueueScroll extends WatchedFrames {
  /** Pixels of the whole list. */
  height: number;
  /** Rows that are there at once. */
  rows: number;
}

/** Faster than anybody reads, slower than a flick: a row in two or three frames. */
const stepPx = 40;
const frames = 180;

/** Scrolls the list down and up again, one step a frame. */
export const measureQueueScroll = async (browser: BenchBrowser, api: string): Promise<QueueScroll> => {
  const opened = await browser.open(api);
  const { page, context } = opened;
  try {
    await page.locator('.alert-row').first().waitFor({ timeout: 20_000 });
    await page.waitForTimeout(1500); // the page's own beginning is another figure
    const watched = await watchFrames(opened, () =>
      page.locator('.virtual-list').evaluate(
        (list, { step, count }) =>
          new Promise<void>((resolve) => {
            let n = 0;
            const scroll = (): void => {
              list.scrollTop += n < count ? step : -step;
              if (++n < count * 2) requestAnimationFrame(scroll);
              else resolve();
            };
            requestAnimationFrame(scroll);
          }),
        { step: stepPx, count: frames },
      ),
    );
    const height = await page.locator('.virtual-list').evaluate(({ scrollHeight }) => scrollHeight);
    return { ...watched, height, rows: await page.locator('.alert-row').count() };
  } finally {
    await context.close();
  }
};
