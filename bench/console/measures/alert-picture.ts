import { setTimeout as sleep } from 'node:timers/promises';
import { loadAverage } from '../../api/loads.ts';
import type { BenchBrowser } from '../browser.ts';
import type { ConsoleTown } from '../console-town.ts';

/** Of the alerts that the cameras' own pictures gave: how long after it was raised each stood on the page. */
export interface AlertPictures {
  alerts: number;
  /** Milliseconds from `raisedAt` until its picture had been loaded. */
  pictures: readonly number[];
  load: number;
}

interface Told {
  benchPictures: Map<string, number>;
}

/** Notes when an alert's picture has come. */
const noteAlerts = () => {
  const told = globalThis as unknown as Told;
  told.benchPictures = new Map();
  const pattern = /\/alerts\/([0-9A-Z]{26})\/snapshot/;
  document.addEventListener(
    'load',
    ({ target }) => {
      const id = target instanceof HTMLImageElement ? pattern.exec(target.src)?.[1] : undefined;
      if (id !== undefined && !told.benchPictures.has(id)) told.benchPictures.set(id, Date.now());
    },
    true,
  );
};

const settleMs = 2000;
/** Its picture may come as long after it. */
const lateMs = 8000;

/** Waits for so many real alerts, or until so many seconds are over. */
export const measureAlertPictures = async ({
  town,
  browser,
  seconds,
  wanted,
}: {
  town: ConsoleTown;
  browser: BenchBrowser;
  seconds: number;
  wanted: number;
}): Promise<AlertPictures> => {
  const { page, context } = await browser.open('', `(${noteAlerts.toString()})()`);
  try {
    await page.goto(town.api);
    await sleep(settleMs);
    const from = Date.now();
    const to = from + seconds * 1000;
    let raised = await raisedSince(town.api, from);
    while (Date.now() < to && raised.length < wanted) {
      await sleep(500);
      raised = await raisedSince(town.api, from);
    }
    const givenUpAt = Date.now() + lateMs;
    let loaded = new Map<string, number>();
    while (raised.some(({ alertId }) => !loaded.has(alertId)) && Date.now() < givenUpAt) {
      await sleep(500);
      loaded = new Map(
        await page.evaluate(() => [...(globalThis as unknown as Told).benchPictures.entries()]),
      );
    }
    const spans = raised.map(
      ({ alertId, raisedAt }) => (loaded.get(alertId) ?? Number.POSITIVE_INFINITY) - raisedAt,
    );
    return { alerts: raised.length, pictures: spans, load: await loadAverage() };
  } finally {
    await context.close();
  }
};

interface Raised {
  alertId: string;
  raisedAt: number;
}

const raisedSince = async (api: string, from: number): Promise<Raised[]> => {
  const response = await fetch(`${api}/api/v1/alerts?limit=100`);
  const { items } = (await response.json()) as { items: (Raised & { kind: string })[] };
  return items.filter(({ raisedAt, kind }) => raisedAt >= from && kind !== 'cameraHealth');
};
