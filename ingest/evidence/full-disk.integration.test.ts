import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { encodeFootage } from '../../test/fixtures/evidence/live-footage.ts';
import { openPlayedCamera } from '../../test/fixtures/evidence/played-camera.ts';
import { mountSmallDisk, type SmallDisk } from '../../test/fixtures/evidence/small-disk.ts';
import { evidencePathOf } from './paths.ts';
import { type EvidenceStore, openEvidenceStore } from './store.ts';

const megabyte = 1024 * 1024;
const diskBytes = 8 * megabyte;

let sources: string;
let disk: SmallDisk | undefined;
let deleted: string[];

beforeAll(async () => {
  sources = await mkdtemp(join(tmpdir(), 'evidence-'));
  const options = { codec: 'h264', seconds: 20, fps: 25, gopSeconds: 2, bFrames: 0 } as const;
  await encodeFootage(join(sources, 'plain.ts'), options);
});

afterAll(() => rm(sources, { recursive: true, force: true }));

beforeEach(async () => {
  disk = await mountSmallDisk(diskBytes);
  deleted = [];
});

afterEach(() => disk?.close());

const diskOf = ({ skip }: TestContext): SmallDisk => {
  if (!disk) return skip('a small disk needs the right to mount one');
  return disk;
};

const openStore = (folder: string, minFreeBytes: number): Promise<EvidenceStore> =>
  openEvidenceStore({
    ...{ folder, quotaBytes: 1024 * megabyte, retentionMs: 86_400_000 * 30, minFreeBytes },
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    onDeleted: (alertId, medium, reason) => void deleted.push(`${alertId} ${medium} ${reason}`),
  });

/** An id for the alert `minutes` ago. */
const idOf = (minutes: number): string => ulid(systemClock.now() - minutes * 60_000);

const fill = (store: EvidenceStore, alertId: string, sizeBytes: number): Promise<unknown> =>
  store.write(
    alertId,
    'clip',
    async (path) => {
      await writeFile(path, Buffer.alloc(sizeBytes, 1));
      return {};
    },
    { expectedBytes: sizeBytes },
  );

describe('a full disk', () => {
  it('gives up its oldest unprotected evidence for a new file, and reports it', async (context) => {
    const { folder } = diskOf(context);
    const store = await openStore(join(folder, 'evidence'), 0);
    const ids = [50, 40, 30, 20].map(idOf);
    for (const id of ids) await fill(store, id, 2 * megabyte - 64 * 1024);
    await store.protect(`${ids[0]}`);
    const newest = idOf(0);

    await fill(store, newest, 3 * megabyte);

    expect(deleted).toEqual([`${ids[1]} clip disk-full`, `${ids[2]} clip disk-full`]);
    expect((await store.open(newest, 'clip'))?.sizeBytes).toBe(3 * megabyte);
    expect((await store.open(`${ids[0]}`, 'clip'))?.sizeBytes).toBe(2 * megabyte - 64 * 1024);
  });

  it('refuses a file that does not fit beside what is protected, and leaves nothing of it', async (context) => {
    const { folder } = diskOf(context);
    const store = await openStore(folder, 0);
    const kept = idOf(10);
    await fill(store, kept, 6 * megabyte);
    await store.protect(kept);
    const refused = idOf(0);

    await expect(fill(store, refused, 4 * megabyte)).rejects.toMatchObject({
      code: 'disk-full',
      kind: 'exhausted',
    });

    expect(deleted).toEqual([]);
    expect(await readdir(dirname(evidencePathOf(folder, refused, 'clip')))).toEqual([]);
  });

  it('is kept above its floor, whoever fills it', async (context) => {
    const { folder } = diskOf(context);
    const store = await openStore(join(folder, 'evidence'), 3 * megabyte);
    const ids = [50, 40, 30].map(idOf);
    for (const id of ids) await fill(store, id, megabyte);
    expect((await store.enforce()).deletedCount).toBe(0);
    await writeFile(join(folder, 'somebody-elses'), Buffer.alloc(3 * megabyte, 1));

    const usage = await store.enforce();

    expect(deleted).toEqual([`${ids[0]} clip disk-full`]);
    expect(usage).toMatchObject({ isDiskLow: false, usedBytes: 2 * megabyte });
    expect((await stat(join(folder, 'somebody-elses'))).size).toBe(3 * megabyte);
  });

  it('is cleared for a clip of the recorder through whoever owns the folder', async (context) => {
    const { folder } = diskOf(context);
    const store = await openStore(folder, 0);
    const ids = [50, 40].map(idOf);
    for (const id of ids) await fill(store, id, 4 * megabyte - 100 * 1024);
    const options = { source: join(sources, 'plain.ts'), codec: 'h264', folder } as const;
    const camera = await openPlayedCamera({ ...options, makeRoom: (bytes) => store.makeRoom(bytes) });
    camera.play(12);
    const alertId = camera.ask(11);
    camera.play(18);

    expect(await camera.itemOf(alertId, 'clip')).toMatchObject({ width: 640, isShortened: false });
    expect(deleted).toEqual([`${ids[0]} clip disk-full`]);
    await camera.close();
  });

  it('costs the recorder one clip and a reason when nobody makes room', async (context) => {
    const { folder } = diskOf(context);
    await writeFile(join(folder, 'somebody-elses'), Buffer.alloc(diskBytes - 256 * 1024, 1));
    const options = { source: join(sources, 'plain.ts'), codec: 'h264', folder } as const;
    const camera = await openPlayedCamera(options);
    camera.play(12);
    const alertId = camera.ask(11);
    camera.play(18);

    expect(await camera.reasonOf(alertId, 'clip')).toBe('disk-full: no room on the disk for clip.mp4');
    expect(await camera.itemOf(alertId, 'snapshot')).toMatchObject({ medium: 'snapshot' });
    await camera.close();
  });
});
