import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { BenchBrowser } from '../browser.ts';
import { type WatchedFrames, watchFrames } from '../watch-frames.ts';

/** Moving and zooming a map of many cameras, far away and near by. */
export interface MapMoves {
  panFar: WatchedFrames;
  zoom: WatchedFrames;
  panNear: WatchedFrames;
}

const dragSteps = 120;
const stepMs = 16;

/** In circles: whatever is at the edge comes and goes. */
const drag = async (page: Page): Promise<void> => {
  const box = await page.locator('.map-host').boundingBox();
  if (!box) throw new TypeError('no map');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= dragSteps; step++) {
    const turn = (step / dragSteps) * 4 * Math.PI;
    await page.mouse.move(x + 250 * Math.sin(turn), y + 180 * (1 - Math.cos(turn)) * 0.5);
    await sleep(stepMs);
  }
  await page.mouse.up();
};

const zoomBy = async (page: Page, levels: number): Promise<void> => {
  for (let level = 0; level < Math.abs(levels); level++) {
    await page.mouse.wheel(0, levels > 0 ? -120 : 120);
    await sleep(350);
  }
};

/** As many as the API has cameras, from their whole ground down to single ones. */
export const measureMapMoves = async (
  browser: BenchBrowser,
  api: string,
  cameras: number,
): Promise<MapMoves> => {
  const opened = await browser.open(`${api}/map`);
  const { page, context } = opened;
  try {
    await page.locator('.map-row').first().waitFor({ timeout: 60_000 });
    await page.locator(`.virtual-list[aria-label*="${cameras}"]`).waitFor({ timeout: 60_000 });
    await sleep(4000);
    const panFar = await watchFrames(opened, () => drag(page));
    const zoom = await watchFrames(opened, async () => {
      await zoomBy(page, 6);
      await zoomBy(page, -3);
    });
    return { panFar, zoom, panNear: await watchFrames(opened, () => drag(page)) };
  } finally {
    await context.close();
  }
};
