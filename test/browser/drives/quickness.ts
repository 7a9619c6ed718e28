import { expect, test } from 'vitest';
import { type Stage, sit } from './drive.ts';

const deathWithinMs = 10_000;

/** What becomes of a camera is on the screen within seconds. */
export const driveQuickness = (stage: Stage): void => {
  test.each([
    ['broken off', '粮站草坪', 'granary-lawn', 'kill', 'revive'],
    ['silent', '桥头路边', 'bridge-verge', 'freeze', 'thaw'],
  ] as const)(
    'a camera that is %s is said to be so by tile and queue within ten seconds, and to be back',
    async (_, name, cameraId, end, begin) => {
      const [wall, queue] = await Promise.all([sit(stage, 'wang', '/wall'), sit(stage, 'li', '/')]);
      const tile = wall.page.locator(`.live[data-camera=${cameraId}]`);
      await wall.page.locator(`.live[data-camera=${cameraId}][data-state=live]`).waitFor({ timeout: 60_000 });
      const dark = queue.page.locator('.dark-cameras', { hasText: name });

      const killed = stage.open.cameras[end](cameraId);
      const at = Date.now();
      const since = async (said: Promise<void>): Promise<number> => said.then(() => Date.now() - at);
      const dead = wall.page.locator(
        `.live[data-camera=${cameraId}]:is([data-state=dead], [data-state=stalled])`,
      );
      const [tileMs, queueMs] = await Promise.all([
        since(dead.waitFor({ timeout: 60_000 })),
        since(dark.waitFor({ timeout: 60_000 })),
      ]);
      await killed;

      process.stdout.write(`camera ${cameraId} ${end} → tile ${tileMs} ms, queue ${queueMs} ms\n`);
      expect(tileMs).toBeLessThanOrEqual(deathWithinMs);
      expect(queueMs).toBeLessThanOrEqual(deathWithinMs);
      expect(await tile.locator('.live-state').textContent()).toMatch(/自 .+ 起/);
      expect(await dark.textContent()).toMatch(/自 .+ 起无画面/);

      await stage.open.cameras[begin](cameraId);
      await dark.waitFor({ state: 'detached', timeout: 60_000 });
      await wall.page.locator(`.live[data-camera=${cameraId}][data-state=live]`).waitFor({ timeout: 60_000 });
      await Promise.all([wall.context.close(), queue.context.close()]);
    },
  );

  test('a camera that is silent for two seconds is never said to be dead', async () => {
    const { page, context } = await sit(stage, 'li', '/');
    const asked = () => page.waitForResponse((response) => response.url().includes('state=lost'));
    await asked();

    stage.open.cameras.freeze('bridge-verge');
    await page.waitForTimeout(2_000); // the pause itself
    stage.open.cameras.thaw('bridge-verge');
    for (let round = 0; round < 3; round++) expect(await (await asked()).json()).toMatchObject({ items: [] });

    expect(await page.locator('.dark-cameras').count()).toBe(0);
    await context.close();
  });
};
