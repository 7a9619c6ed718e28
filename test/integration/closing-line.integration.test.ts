import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** The runner's own configuration would be found above the folder, so it is given one that has the reporter only. */
const configuration = `
  import { ClosingLine } from ${JSON.stringify(join(checkout, 'test/closing-line.ts'))};
  export default { test: { globals: true, watch: false, reporters: ['default', new ClosingLine()] } };
`;

describe('ClosingLine', () => {
  let folder: string;

  const runTests = async (files: Record<string, string>) => {
    await Promise.all(Object.entries(files).map(([name, code]) => writeFile(join(folder, name), code)));
    const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', '--root', folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [output, code] = await Promise.all([text(child.stdout), exited]);
    return { code, lastLine: output.trimEnd().split('\n').at(-1) };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'closing-line-'));
    await writeFile(join(folder, 'vitest.config.mjs'), configuration);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('closes a good run with exit code 0', async () => {
    const files = { 'a.test.js': `it('a', () => {}); it('b', () => {}); it.skip('c', () => {});` };

    await expect(runTests(files)).resolves.toEqual({ code: 0, lastLine: '2 passed, 0 failed' });
  });

  it('counts a failed test, a file that does not load and a set-up that fails', async () => {
    const files = {
      'a.test.js': `it('a', () => {}); it('b', () => { throw new Error('no'); });`,
      'b.test.js': `import './is-not-there.js'; it('a', () => {});`,
      'c.test.js': `describe('s', () => { beforeAll(() => { throw new Error('no'); }); it('a', () => {}); });`,
      'd.test.js': `it('a', () => { setTimeout(() => { throw new Error('later'); }); return new Promise((r) => setTimeout(r, 50)); });`,
    };

    await expect(runTests(files)).resolves.toEqual({ code: 1, lastLine: '2 passed, 4 failed' });
  });

  it('fails a run in which everything was skipped', async () => {
    const files = { 'a.test.js': `it.skip('a', () => {});` };

    await expect(runTests(files)).resolves.toEqual({ code: 1, lastLine: '0 passed, 0 failed' });
  });

  it('fails a run that finds no test file', async () => {
    await expect(runTests({})).resolves.toMatchObject({ code: 1 });
  });
});
