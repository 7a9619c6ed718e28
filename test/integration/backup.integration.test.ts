import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(`../../deploy/backup/${name}`, import.meta.url));

/** A folder as a stopped site leaves it, with names and contents that try the tools. */
const files: ReadonlyMap<string, string | Buffer> = new Map<string, string | Buffer>([
  ['nats/jetstream/$G/streams/ALERTS/msgs/1.blk', Buffer.alloc(300_000, 7)],
  ['history/store/部分 1/data.bin', 'rows'],
  ['history/store/two\nlines', 'a name with a line break'],
  ['outbox/01J.json', '{}'],
  ['evidence/2026/snapshot.jpg', Buffer.from([0xff, 0xd8])],
  ['secrets', 'sealed'],
  ['run/bus.json', 'an address that means nothing now'],
  ['up.pid', '999999999\n'],
]);

describe('backup and restore of a site', () => {
  let folder: string;
  let site: string;
  let back: string;
  let archive: string;

  const backup = (...args: string[]) => run(script('backup.sh'), args);
  const restore = (...args: string[]) => run(script('restore.sh'), args);
  const filesIn = async (root: string): Promise<string[]> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();
  };
  const kept = (...without: string[]) =>
    [...files.keys()].filter((name) => !without.some((start) => name.startsWith(start))).sort();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup 站-'));
    site = join(folder, 'site');
    back = join(folder, 'back');
    archive = join(folder, 'site.tar.gz');
    for (const [name, content] of files) {
      await mkdir(join(site, name, '..'), { recursive: true });
      await writeFile(join(site, name), content);
    }
    await mkdir(join(site, 'outbox/empty'), { recursive: true });
    await chmod(join(site, 'secrets'), 0o600);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('brings back every file as it was, but for what only means something while running', async () => {
    await backup(site, archive);
    const { stdout } = await restore(archive, back);

    const names = kept('run/', 'up.pid');
    expect(await filesIn(back)).toEqual(names);
    for (const name of names)
      expect(await readFile(join(back, name))).toEqual(await readFile(join(site, name)));
    expect(stdout).toContain('restore: 6 files');
    expect((await stat(join(back, 'secrets'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(back, 'outbox/empty'))).isDirectory()).toBe(true);
  });

  it('packs with zstd as well, for the owner alone', async () => {
    const packed = join(folder, 'site.tar.zst');

    await backup(site, packed);
    await restore(packed, back);

    expect(await filesIn(back)).toEqual(kept('run/', 'up.pid'));
    expect((await stat(packed)).mode & 0o077).toBe(0);
  });

  it('leaves evidence out when told to', async () => {
    await backup('--without-evidence', site, archive);
    await restore(archive, back);

    expect(await filesIn(back)).toEqual(kept('run/', 'up.pid', 'evidence/'));
  });

  it('refuses while the site runs', async () => {
    const up = spawn('bash', ['-c', 'exec -a "node dist/main.js up" sleep 60']);
    await once(up, 'spawn');
    await writeFile(join(site, 'up.pid'), `${up.pid}\n`);

    const refused = await backup(site, archive).catch((error: { stderr: string }) => error);
    up.kill('SIGKILL');

    expect(refused.stderr).toMatch(new RegExp(`is running \\(process ${up.pid}\\): stop it first`));
    await expect(stat(archive)).rejects.toThrow(/ENOENT/);
  });

  it('does not mistake another program that has the number for the site', async () => {
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    await writeFile(join(site, 'up.pid'), `${other.pid}\n`);

    await expect(backup(site, archive)).resolves.toBeDefined();
    other.kill('SIGKILL');
  });

  it('refuses a folder that is not empty, and leaves it alone', async () => {
    await backup(site, archive);
    await mkdir(back);
    await writeFile(join(back, 'mine'), 'mine');

    await expect(restore(archive, back)).rejects.toThrow(/is not empty/);
    expect(await filesIn(back)).toEqual(['mine']);
  });

  it('refuses a damaged archive and leaves nothing behind', async () => {
    await backup(site, archive);
    const bytes = await readFile(archive);
    await writeFile(archive, bytes.subarray(0, bytes.length - 200));

    await expect(restore(archive, back)).rejects.toThrow(/cut off or damaged/);
    expect((await readdir(folder)).sort()).toEqual(['site', 'site.tar.gz']);
  });

  it('refuses a file that is not what it was', async () => {
    await backup(site, archive);
    const inside = join(folder, 'inside');
    await mkdir(inside);
    await run('tar', ['-xzf', archive, '-C', inside]);
    await writeFile(join(inside, 'outbox/01J.json'), '{"changed":true}');
    await run('tar', ['-czf', archive, '-C', inside, '.']);

    await expect(restore(archive, back)).rejects.toThrow(/outbox\/01J\.json[\s\S]*is damaged/);
    await expect(stat(back)).rejects.toThrow(/ENOENT/);
  });

  it('refuses a file that its manifest does not name', async () => {
    await backup(site, archive);
    const inside = join(folder, 'inside');
    await mkdir(inside);
    await run('tar', ['-xzf', archive, '-C', inside]);
    await writeFile(join(inside, 'added'), 'added');
    await run('tar', ['-czf', archive, '-C', inside, '.']);

    await expect(restore(archive, back)).rejects.toThrow(/does not name/);
  });

  it('refuses a symbolic link, whose target it would not copy', async () => {
    await symlink('/var', join(site, 'elsewhere'));

    await expect(backup(site, archive)).rejects.toThrow(/elsewhere' is a symbolic link/);
  });

  it.each([
    [() => [join(folder, 'nothing'), archive], /there is no folder/],
    [() => [site, join(folder, 'site.zip')], /neither \.tar\.zst nor \.tar\.gz/],
    [() => [site, join(site, 'site.tar.gz')], /inside the site's folder/],
    [() => [site], /usage/],
    [() => ['--with-everything', site, archive], /usage/],
  ])('says what is wrong with its arguments (%#)', async (args, message) => {
    await expect(backup(...args())).rejects.toThrow(message);
  });
});
