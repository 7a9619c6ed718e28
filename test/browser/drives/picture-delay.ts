import type { Page } from 'playwright-core';

/** In the list of the queue, the first alert of a camera with its picture whole: how long after it was raised, in milliseconds. */
export const pictureDelay = async (page: Page, cameraName: string): Promise<number> => {
  const { alertId, shownAt } = await page.evaluate(async (name) => {
    for (;;) {
      const rows = [...document.querySelectorAll('.alert-row')].filter((row) =>
        row.textContent?.includes(name),
      );
      const picture = rows.map((row) => row.querySelector<HTMLImageElement>('img.thumbnail')).find(Boolean);
      if (picture?.complete && picture.naturalWidth > 0)
        return { alertId: /alerts\/([^/]+)\//.exec(picture.src)?.[1] ?? '', shownAt: Date.now() };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, cameraName);
  const { raisedAt } = await page.evaluate(
    async (id) => (await (await fetch(`/api/v1/alerts/${id}`)).json()) as { raisedAt: number },
    alertId,
  );
  return shownAt - raisedAt;
};
