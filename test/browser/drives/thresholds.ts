import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../conformance/sources.ts';
import { runVerb } from '../../e2e/site-under-test.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { sharedFootage } from '../../fixtures/inference/shared-footage.ts';
import { type Stage, sit } from './drive.ts';

const labelled = sharedFootage('coco-val128');
const pictures = 12;

/** Some of the labelled photographs, as a folder that is named like a camera. */
const folderOf = async (from: string, parent: string): Promise<string> => {
  const folder = path.join(parent, 'granary-lawn');
  const names = (await readdir(path.join(from, 'images'))).sort().slice(0, pictures);
  for (const kind of ['images', 'labels']) await mkdir(path.join(folder, kind), { recursive: true });
  for (const name of names) {
    await cp(path.join(from, 'images', name), path.join(folder, 'images', name));
    const label = path.join('labels', name.replace(/\.jpg$/, '.txt'));
    await cp(path.join(from, label), path.join(folder, label)).catch(() => undefined); // nothing is in it
  }
  return folder;
};

/** Curves of a sweep that was really run beside the site. */
export const driveThresholds = (stage: Stage): void => {
  test.skipIf(!labelled)(
    'what a threshold sweep measured stands as curves (needs ../shared/footage)',
    async () => {
      const parent = await mkdtemp(path.join(tmpdir(), 'sweep-'));
      const folder = await folderOf(labelled ?? '', parent);
      const swept = await runVerb(['eval', 'sweep', folder, '--out', path.join(parent, 'sweep.html')], {
        XUELIANG_DATA: stage.open.site.dataFolder,
        ...stage.open.env,
      });
      expect(swept.code, swept.stderr).toBe(0);
      const { page, context, complaints } = await sit(stage, 'chen', '/engineer?tab=thresholds');

      const curve = page.locator('figure.curve', { hasText: '人' }).first();
      await curve.waitFor({ timeout: 30_000 });
      expect(await curve.locator('circle').count()).toBeGreaterThan(2);
      expect(await curve.locator('circle.curve-best').count()).toBe(1);
      expect(await curve.locator('polyline').getAttribute('points')).toMatch(/^[\d., e-]+$/);
      expect(await page.locator('.panel').first().textContent()).toContain(`${pictures}`);
      await page.screenshot({ path: path.join(repositoryRoot, 'var/screenshots/thresholds-zh-dark.png') });
      expect(await seriousViolations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
      await rm(parent, { recursive: true });
    },
    120_000,
  );
};
