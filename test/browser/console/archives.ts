import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { repositoryRoot } from '../../conformance/sources.ts';
import { openPage, signIn } from '../../fixtures/browser/open-page.ts';
import { seriousViolations } from '../../fixtures/browser/serious.ts';
import { type Stage, sit } from '../drives/drive.ts';

const run = promisify(execFile);
const shots = path.join(repositoryRoot, 'var/screenshots');

/** The process of the API that makes archives; undefined while none is made. */
const makerOf = async (api: number): Promise<number | undefined> => {
  const { stdout } = await run('/usr/bin/ps', ['-eo', 'pid=,ppid=,args=']);
  const line = stdout
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find(([, parent, ...args]) => Number(parent) === api && args.join(' ').includes('make-archive-child'));
  return line && Number(line[0]);
};

const approved = '.export[data-state=approved]';

const showInEnglish = async (stage: Stage, name: string): Promise<void> => {
  const options = { language: 'en', theme: 'light' } as const;
  const { page, context } = await sit(stage, 'wang', '/search?tab=exports', options);
  await page.locator(approved).first().waitFor();
  await page.screenshot({ path: path.join(shots, `${name}-en-light.png`) });
  expect(await seriousViolations(page)).toEqual([]);
  await context.close();
};

/** Ends the first process that makes an archive, as soon as it is there: an archive is made within seconds on a quiet machine. */
export const endFirstMaker = async (stage: Stage): Promise<void> => {
  const api = stage.open.site.pidsOf('api').at(-1) ?? 0;
  await vi.waitUntil(() => makerOf(api), { timeout: 90_000, interval: 100 });
  process.kill((await makerOf(api)) ?? 0, 'SIGKILL');
};

/** What breaks off is said and begun again; others are driven while it is made. */
export const testBrokenArchive = (stage: Stage, ended: () => Promise<void>): void => {
  test('an archive whose making ends is said to have failed, and is made again by who asked for it', async () => {
    const { page, context, complaints } = await openPage(stage.browser, stage.api);
    await signIn(page, stage.api, 'wang', '/search?tab=exports');
    const entry = page.locator(approved, { hasText: '村委会' }).first();
    await entry.waitFor();
    await ended();

    await entry.getByText('归档没有做成').waitFor({ timeout: 30_000 });
    expect(await entry.textContent()).toContain('请重做');
    await page.screenshot({ path: path.join(shots, 'archive-failed-zh-dark.png') });
    await showInEnglish(stage, 'archive-failed');
    expect(await seriousViolations(page)).toEqual([]);
    await entry.getByRole('button', { name: '重新制作' }).click();

    await entry.getByText('归档没有做成').waitFor({ state: 'detached', timeout: 30_000 });
    expect(complaints).toEqual([]);
    await context.close();
  });
};

export const testReadyArchive = (stage: Stage): void => {
  test('an archive that is ready is downloaded, and is what its hash says', async () => {
    const { page, context, complaints } = await openPage(stage.browser, stage.api);
    await signIn(page, stage.api, 'wang', '/search?tab=exports');
    const entry = page.locator(approved, { hasText: '村委会' }).first();
    const link = entry.getByRole('link', { name: '下载归档' });
    await link.waitFor({ timeout: 150_000 });
    await page.screenshot({ path: path.join(shots, 'archive-ready-zh-dark.png') });
    await showInEnglish(stage, 'archive-ready');

    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const bytes = await readFile(await download.path());

    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(await entry.locator('.code').allTextContents()).toContain(
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 180_000);
};
