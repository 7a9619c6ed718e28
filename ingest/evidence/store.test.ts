import { mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvidenceName } from '../../core/evidence.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { alertFolderOf, evidencePathOf } from './paths.ts';
import { createEvidenceReader } from './reader.ts';
import { type EvidenceStoreOptions, openEvidenceStore } from './store.ts';

const day = 86_400_000;
const kilobyte = 1024;

let folder: string;
let clock: SimulatedClock;
let deleted: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  clock = new SimulatedClock();
  deleted = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (options: Partial<EvidenceStoreOptions> = {}) =>
  openEvidenceStore({
    ...{ folder, clock, quotaBytes: 1e9, retentionMs: 30 * day, minFreeBytes: 0 },
    log: createLogger({ level: 'silent' }),
    onDeleted: (alertId, medium, reason) => void deleted.push(`${alertId} ${medium} ${reason}`),
    ...options,
  });

/** Puts a file where another process would have put it. */
const place = async (alertId: string, medium: EvidenceName, sizeBytes = kilobyte): Promise<void> => {
  await mkdir(alertFolderOf(folder, alertId), { recursive: true });
  await writeFile(evidencePathOf(folder, alertId, medium), Buffer.alloc(sizeBytes, 7));
};

/** Alert ids a minute apart, the last one now. */
const idsUpToNow = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => ulid(clock.now() - (count - 1 - index) * 60_000));

const isThere = (alertId: string, medium: EvidenceName): Promise<boolean> =>
  stat(evidencePathOf(folder, alertId, medium)).then(
    () => true,
    () => false,
  );

describe('openEvidenceStore', () => {
  it('writes a file whole, says its size and hash, and gives it back', async () => {
    const store = await open();
    const alertId = ulid(clock.now());

    const written = await store.write(
      alertId,
      'snapshot',
      async (path) => {
        await writeFile(path, 'picture');
        return { width: 3 };
      },
      { expectedBytes: 7 },
    );
    const file = await store.open(alertId, 'snapshot');

    expect(written).toEqual({
      width: 3,
      sizeBytes: 7,
      sha256: '2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97',
    });
    expect(file).toMatchObject({ sizeBytes: 7, contentType: 'image/jpeg' });
    expect(file && (await buffer(file.stream())).toString()).toBe('picture');
  });

  it('leaves nothing behind of a write that failed', async () => {
    const store = await open();
    const alertId = ulid(clock.now());
    const writing = store.write(
      alertId,
      'clip',
      async (path) => {
        await writeFile(path, 'half');
        throw new Error('muxer broke');
      },
      { expectedBytes: 4 },
    );

    await expect(writing).rejects.toMatchObject({ code: 'evidence-write-failed', kind: 'unavailable' });
    expect(await store.open(alertId, 'clip')).toBeUndefined();
    expect((await store.enforce()).usedBytes).toBe(0);
  });

  it('gives a range of bytes and refuses one outside the file', async () => {
    const alertId = ulid(clock.now());
    await place(alertId, 'clip', 10);
    const file = await createEvidenceReader(folder).open(alertId, 'clip');

    expect(file && (await buffer(file.stream({ start: 2, end: 4 }))).length).toBe(3);
    for (const range of [
      { start: 0, end: 10 },
      { start: -1, end: 3 },
      { start: 5, end: 4 },
      { start: 0.5, end: 2 },
    ]) {
      expect(() => file?.stream(range)).toThrow(/not inside a file of 10 bytes/);
    }
  });

  it('refuses an alert id that is none', async () => {
    const store = await open();

    await expect(store.open('../../../etc/passwd', 'clip')).rejects.toMatchObject({
      code: 'alert-id-invalid',
      kind: 'invalid',
    });
  });

  it('finds what is there at the start and what others write later', async () => {
    const [first, second] = idsUpToNow(2);
    await place(`${first}`, 'clip', 3000);
    const store = await open();
    expect((await store.enforce()).usedBytes).toBe(3000);

    await place(`${first}`, 'snapshot', 100);
    await place(`${second}`, 'clip', 2000);

    expect((await store.enforce()).usedBytes).toBe(5100);
  });

  it('deletes the oldest first when the quota is exceeded, its clip before its snapshot', async () => {
    const ids = idsUpToNow(4);
    for (const id of ids) {
      await place(id, 'clip', 10 * kilobyte);
      await place(id, 'snapshot', kilobyte);
    }
    const metrics = createMetrics();
    const store = await open({ quotaBytes: 24 * kilobyte, metrics });

    const usage = await store.enforce();

    expect(deleted).toEqual([`${ids[0]} clip quota`, `${ids[0]} snapshot quota`, `${ids[1]} clip quota`]);
    expect(usage).toMatchObject({ usedBytes: 23 * kilobyte, deletedCount: 3, isOverQuota: false });
    expect(await metrics.text()).toContain(
      'xueliang_ingest_evidence_deleted_total{medium="clip",reason="quota"} 2',
    );
  });

  it('keeps protected evidence and takes the next oldest', async () => {
    const ids = idsUpToNow(3);
    for (const id of ids) await place(id, 'clip', 10 * kilobyte);
    const store = await open({ quotaBytes: 20 * kilobyte });
    await store.protect(`${ids[0]}`);

    await store.enforce();
    expect(deleted).toEqual([`${ids[1]} clip quota`]);

    await store.unprotect(`${ids[0]}`);
    await place(ulid(clock.now()), 'clip', 10 * kilobyte);
    await store.enforce();
    expect(deleted.slice(1)).toEqual([`${ids[0]} clip quota`]);
  });

  it('heeds a protection that another process has just given', async () => {
    const [id] = idsUpToNow(1);
    await place(`${id}`, 'clip', 10 * kilobyte);
    const store = await open({ quotaBytes: kilobyte });
    const other = await open();
    await other.protect(`${id}`);

    const usage = await store.enforce();

    expect(deleted).toEqual([]);
    expect(usage).toMatchObject({ protectedBytes: 10 * kilobyte, isOverQuota: true });
  });

  it('sheds pictures from the spot after the clip and before the snapshot', async () => {
    const alertId = ulid(clock.now());
    const picture: EvidenceName = `picture-${'a'.repeat(64)}`;
    for (const name of ['snapshot', picture, 'clip'] as const) await place(alertId, name);
    const store = await open({ quotaBytes: 0 });
    await store.enforce();

    expect(deleted).toEqual(['clip', picture, 'snapshot'].map((name) => `${alertId} ${name} quota`));
  });

  it('deletes evidence beyond its retention, and the folders that are empty then', async () => {
    const old = ulid(clock.now() - 31 * day);
    const young = ulid(clock.now() - 29 * day);
    await place(old, 'clip');
    await place(young, 'clip');
    const store = await open();

    await store.enforce();

    expect(deleted).toEqual([`${old} clip retention`]);
    expect(await isThere(young, 'clip')).toBe(true);
    await expect(stat(join(alertFolderOf(folder, old), '..'))).rejects.toThrow(/ENOENT/);
    await clock.advance(2 * day);
    await store.enforce();
    expect(deleted[1]).toBe(`${young} clip retention`);
    expect((await stat(folder)).isDirectory()).toBe(true);
  });

  it('reports before it deletes, and keeps what it could not report', async () => {
    const [id] = idsUpToNow(1);
    await place(`${id}`, 'clip', 10 * kilobyte);
    let isBusUp = false;
    const store = await open({
      quotaBytes: kilobyte,
      onDeleted: async () => {
        expect(await isThere(`${id}`, 'clip')).toBe(true);
        if (!isBusUp) throw new Error('outbox is closed');
      },
    });

    await store.enforce();
    expect(await isThere(`${id}`, 'clip')).toBe(true);

    isBusUp = true;
    await store.enforce();
    expect(await isThere(`${id}`, 'clip')).toBe(false);
  });

  it('deletes on request and refuses what is protected', async () => {
    const [id] = idsUpToNow(1);
    await place(`${id}`, 'clip');
    const store = await open();
    await store.protect(`${id}`);
    await expect(store.delete(`${id}`, 'clip')).rejects.toMatchObject({ kind: 'conflict' });

    await store.unprotect(`${id}`);

    expect(await store.delete(`${id}`, 'clip')).toBe(true);
    expect(await store.delete(`${id}`, 'clip')).toBe(false);
    expect(deleted).toEqual([`${id} clip requested`]);
  });

  it('touches nothing that is not of its own layout', async () => {
    const [id, linked] = [ulid(clock.now() - 60 * day), ulid(clock.now() - 61 * day)];
    await place(id, 'clip');
    const strange = [
      join(folder, 'notes.txt'),
      join(folder, '2020', 'notes.txt'),
      join(alertFolderOf(folder, id), 'statement.pdf'),
      join(folder, '2020', '01', '02', id, 'clip.mp4'),
      join(folder, 'elsewhere', 'clip.mp4'),
    ];
    for (const path of strange) {
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, 'mine');
    }
    await mkdir(join(alertFolderOf(folder, linked), '..'), { recursive: true });
    await symlink(join(folder, 'elsewhere'), alertFolderOf(folder, linked));
    const store = await open({ quotaBytes: 0, retentionMs: 1 });

    await store.enforce();

    expect(deleted).toEqual([`${id} clip retention`]);
    for (const path of strange) expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('clears away what a killed process left half written, once it is old', async () => {
    const [id] = idsUpToNow(1);
    await place(`${id}`, 'snapshot');
    const uuid = '0b8c7a52-3a0e-4a55-9a53-000000000000';
    const [stale, fresh] = ['clip.mp4', 'snapshot.jpg'].map((name) =>
      join(alertFolderOf(folder, `${id}`), `.${name}.${uuid}.part`),
    ) as [string, string];
    for (const path of [stale, fresh]) await writeFile(path, 'half');
    await utimes(stale, 0, clock.now() / 1000 - 7200);
    await utimes(fresh, 0, clock.now() / 1000 - 60);

    await open();

    await expect(stat(stale)).rejects.toThrow(/ENOENT/);
    expect((await stat(fresh)).size).toBe(4);
  });

  it('closes when nothing is under way, and only reads afterwards', async () => {
    const [id] = idsUpToNow(1);
    await place(`${id}`, 'clip');
    const store = await open({ quotaBytes: 0 });
    const enforcing = store.enforce();

    await store.close();
    await store.close();

    await expect(enforcing).resolves.toMatchObject({ deletedCount: 1 });
    await expect(store.enforce()).rejects.toMatchObject({ code: 'evidence-store-closed' });
    expect(await store.open(`${id}`, 'clip')).toBeUndefined();
  });

  it('says what to do when its folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');

    await expect(open({ folder: join(folder, 'file', 'evidence') })).rejects.toMatchObject({
      code: 'evidence-folder-unusable',
      kind: 'unavailable',
    });
  });
});
