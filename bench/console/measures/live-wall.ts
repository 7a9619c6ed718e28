import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { loadAverage } from '../../api/loads.ts';
import type { BenchBrowser } from '../browser.ts';
import { type ConsoleTown, wallCameras } from '../console-town.ts';
import { codeDigits, codeHeightPx, digitPx } from '../frame-code.ts';
import { type PictureAges, type SeenPicture, toPictureAges } from '../picture-age.ts';

export interface LiveWall extends PictureAges {
  tiles: number;
  codec: 'h264' | 'mpeg1';
  /** Seconds from the opening until every tile was live. */
  liveAfter: number;
  /** The page's process, in shares of a core. */
  load: number;
}

export interface LiveWallOptions {
  town: ConsoleTown;
  browser: BenchBrowser;
  tiles: 1 | 4 | 9;
  codec: LiveWall['codec'];
  seconds: number;
}

/** As in a browser that can play nothing: the page then asks for MPEG-1. */
const withoutCodecs = 'MediaSource.isTypeSupported = () => false;';
const liveWithinMs = 60_000;
/** Players come near the newest picture within that. */
const settleMs = 5000;
const lookEveryMs = 200;

const strip = {
  digits: codeDigits,
  width: codeDigits * digitPx,
  height: codeHeightPx,
  widths: Object.fromEntries(wallCameras.map(({ id, picture }) => [id, picture.width])),
};

/** How old the pictures of a wall are, by what is burned into them. */
export const measureLiveWall = async (options: LiveWallOptions): Promise<LiveWall> => {
  const { town, browser, tiles, codec, seconds } = options;
  const prepare = codec === 'mpeg1' ? withoutCodecs : undefined;
  const { page, context } = await browser.open(`${town.api}/wall`, prepare);
  try {
    await page.getByRole('button', { name: String(tiles), exact: true }).click();
    const begin = performance.now();
    await page
      .locator('.live[data-state="live"]')
      .nth(tiles - 1)
      .waitFor({ timeout: liveWithinMs });
    const liveAfter = (performance.now() - begin) / 1000;
    await sleep(settleMs);
    const seen: SeenPicture[] = [];
    const endsAt = performance.now() + seconds * 1000;
    for (let index = 0; performance.now() < endsAt; index++) {
      const picture = await lookAt(page, index % tiles);
      if (picture) seen.push(picture);
      await sleep(lookEveryMs);
    }
    const ages = toPictureAges(seen, town.plans, town.simulator.firstAt);
    return { ...ages, tiles, codec, liveAfter, load: await loadAverage() };
  } finally {
    await context.close();
  }
};

/** Waits for the tile's next picture and reads what is burned into it. */
const lookAt = (page: Page, index: number): Promise<SeenPicture | undefined> =>
  page
    .locator('.live')
    .nth(index)
    .evaluate(async (tile, { digits, width, height, widths }): Promise<SeenPicture | undefined> => {
      const host = tile.querySelector<HTMLElement>('.live-picture');
      const shown = host?.firstElementChild;
      const cameraId = tile.getAttribute('data-camera') ?? '';
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!host || !context || !shown) return undefined;
      // What draws the picture asked for its turn before: it has drawn when ours comes.
      const before = host.dataset['capturedAt'];
      do await new Promise((resolve) => requestAnimationFrame(resolve));
      while (host.dataset['capturedAt'] === before && shown.isConnected);
      const source = shown as HTMLVideoElement | HTMLCanvasElement;
      const across = source instanceof HTMLVideoElement ? source.videoWidth : source.width;
      const scale = across / (widths[cameraId] ?? across);
      context.drawImage(source, 0, 0, width * scale, height * scale, 0, 0, width, height);
      const seenAt = Date.now();
      const { data } = context.getImageData(0, height / 2, width, 1);
      return {
        cameraId,
        digits: Array.from({ length: digits }, (_, digit) => {
          const middle = Math.round(((digit + 0.5) * width) / digits);
          return (data[middle * 4] ?? 0) > 128;
        }),
        seenAt,
        capturedAt: Number(host.dataset['capturedAt']),
        keptMs:
          source instanceof HTMLVideoElement && source.buffered.length > 0
            ? (source.buffered.end(source.buffered.length - 1) - source.currentTime) * 1000
            : undefined,
      };
    }, strip);
