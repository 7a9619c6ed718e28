import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

interface Told {
  alertId: string;
  state: string;
  place: string;
  answerLink?: { url: string };
}

/** Asks as the page that somebody has signed in with. */
export const askAs = <Answer>(page: Page, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ([address, given]) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrfToken: string };
      const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken };
      const sent = given === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(given) };
      const answer = await fetch(String(address), sent);
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    [path, body] as const,
  ) as Promise<Answer>;

/**
 * The first alert of the queue that stands before somebody. Who closed the only one there was waits for the next: a round of
 * the footage lasts 90 s, most of them empty.
 */
export const firstInQueue = async (page: Page): Promise<Locator> => {
  const row = page.locator('.alert-row').first();
  await row.waitFor({ timeout: 100_000 });
  return row;
};

/** An alert that somebody has taken up, whatever became of it before. */
export const alertAtHand = async (page: Page): Promise<Told> => {
  const newest = async () => (await askAs<{ items: Told[] }>(page, '/api/v1/alerts?limit=1')).items.at(0);
  await expect.poll(newest, { timeout: 90_000, interval: 1000 }).toBeDefined();
  const alert = await newest();
  if (!alert) throw new TypeError('there is no alert');
  if (['acknowledged', 'dispatched', 'onScene'].includes(alert.state)) return alert;
  return stepTo(page, alert, { to: 'acknowledged' });
};

export const stepTo = (page: Page, { alertId, state }: Told, step: object): Promise<Told> =>
  askAs<Told>(page, `/api/v1/alerts/${alertId}/steps`, { from: state, ...step });
