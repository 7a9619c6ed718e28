import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArchiveJob, ArchiveMade, ArchiveMaker } from '../../../core/archive.ts';
import type { AuditLog } from '../../../core/audit/audit-log.ts';
import { busError } from '../../../core/bus/errors.ts';
import { createLogger } from '../../../core/log.ts';
import { createMetrics } from '../../../core/metrics.ts';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import type { ArchiveNote } from '../../../core/schema/archive-state.ts';
import type { Export } from '../../../core/schema/export.ts';
import {
  alertIdAt,
  messagesOf,
  raisedAlert,
  raisedEvent,
  startAt,
  village,
} from '../../../test/fixtures/api/alert-events.ts';
import { ScriptedExports } from '../../../test/fixtures/api/scripted-exports.ts';
import { ScriptedHistory } from '../../../test/fixtures/api/scripted-history.ts';
import { TestResources } from '../../../test/fixtures/api/test-api.ts';
import { apiError } from '../../errors.ts';
import { ArchiveFolder } from './archive-folder.ts';
import { ArchiveLock } from './archive-lock.ts';
import { archiveStateOf } from './archive-state.ts';
import { ArchiveTurns } from './archive-turns.ts';

const alert = raisedAlert();
const day = 86_400_000;
/** For the disk. */
const patience = 10_000;
let place = '';

beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'archives-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

/** Makes as a test says when. */
class ScriptedMaker implements ArchiveMaker {
  readonly jobs: ArchiveJob[] = [];
  aborted = 0;
  /** Called by a test to end what is in hand. */
  readonly endings: {
    done(bytes: number): Promise<void>;
    fail(error: Error): void;
    tell(made: number): void;
  }[] = [];

  make(job: ArchiveJob, onMade: (made: number) => void, signal: AbortSignal): Promise<ArchiveMade> {
    this.jobs.push(job);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        this.aborted++;
        reject(signal.reason);
      });
      this.endings.push({
        done: async (bytes) => {
          await writeFile(job.file, Buffer.alloc(bytes));
          resolve({ bytes, sha256: 'a'.repeat(64), files: 3 });
        },
        fail: reject,
        tell: onMade,
      });
    });
  }
}

/** An audit log that can be away. */
class ScriptedAudit implements AuditLog {
  readonly entries: object[] = [];
  isAway = false;
  refused = 0;

  async record(entry: object): Promise<void> {
    if (!this.isAway) {
      this.entries.push(entry);
      return;
    }
    this.refused++;
    throw busError('bus-unavailable', 'the bus does not answer');
  }
}

const openSite = (clock = new SimulatedClock(startAt)) => {
  const store = new ScriptedExports();
  const history = new ScriptedHistory();
  const resources = new TestResources();
  const metrics = createMetrics();
  const maker = new ScriptedMaker();
  const audit = new ScriptedAudit();
  const folder = new ArchiveFolder(place);
  const register = { all: () => [...store.entries.values()].map(({ exported }) => exported) };
  const log = createLogger({ level: 'silent' });
  const lock = new ArchiveLock(place, clock);
  const turns = new ArchiveTurns({
    maker,
    folder,
    lock,
    register,
    store,
    history,
    resources,
    clock,
    log,
    metrics,
    audit,
  });
  return { audit, store, history, resources, metrics, maker, folder, register, turns, clock };
};
type Site = ReturnType<typeof openSite>;

let serial = 0;
const approve = ({ store, clock }: Site, at = clock.now()): Export => {
  const exported: Export = {
    ...{ schemaVersion: 1, exportId: alertIdAt(startAt, ++serial), ground: village, by: 'wang', at },
    ...{
      kind: 'alerts',
      purpose: 'disposalReview',
      reason: '派出所调取塘边事件材料',
      alertIds: [alert.alertId],
    },
    steps: [{ to: 'approved', by: 'li', at }],
  };
  store.write(exported);
  return exported;
};
const stateOf = ({ folder, clock }: Site, { exportId }: Export, exports: ScriptedExports) => {
  const entry = exports.entries.get(exportId);
  if (!entry) throw new TypeError('no export');
  return archiveStateOf(entry.exported, clock.now(), folder);
};

/** Lets the next look come, and what it sets off. */
const look = async (site: Site): Promise<void> => {
  await site.clock.advance(4000);
  await vi.waitFor(() => Promise.resolve());
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const until = (check: () => unknown): Promise<void> =>
  vi.waitFor(async () => {
    expect(await check()).toBe(true);
  }, patience);
const begun = async (site: Site, count: number): Promise<void> => {
  await vi.waitFor(async () => {
    await site.clock.advance(4000);
    expect(site.maker.jobs).toHaveLength(count);
  }, patience);
};

/** The first of a site, approved and made. */
const made = async (site: Site): Promise<Export> => {
  const exported = approve(site);
  site.turns.start();
  await begun(site, 1);
  await site.maker.endings[0]?.done(10);
  await until(async () => (await stateOf(site, exported, site.store))?.state === 'ready');
  return exported;
};

test('what is approved is made, the earliest first and one at a time', async () => {
  const site = openSite();
  await site.history.writeAlertEvents(messagesOf([raisedEvent(alert)]));
  const later = approve(site, startAt + 10);
  const first = approve(site, startAt);
  site.turns.start();
  await begun(site, 1);

  expect(site.maker.jobs[0]).toMatchObject({ exported: { exportId: first.exportId }, goneAlertIds: [] });
  expect(await stateOf(site, later, site.store)).toEqual({ state: 'waiting' });
  site.maker.endings[0]?.tell(1);
  await until(async () => (await stateOf(site, first, site.store))?.state === 'making');
  await site.maker.endings[0]?.done(10);
  await begun(site, 2);

  expect(await stateOf(site, first, site.store)).toEqual({
    state: 'ready',
    bytes: 10,
    sha256: 'a'.repeat(64),
    files: 3,
  });
  expect(site.maker.jobs[1]?.exported.exportId).toBe(later.exportId);
  await site.turns.close();
  expect(site.maker.aborted).toBe(1);
  expect(await stateOf(site, later, site.store)).toEqual({ state: 'waiting' });
});

test('how far it is never overtakes what became of it', async () => {
  const site = openSite();
  const exported = approve(site);
  site.turns.start();
  await begun(site, 1);
  for (let made = 0; made < 50; made++) site.maker.endings[0]?.tell(made);
  await site.maker.endings[0]?.done(1);

  await until(async () => (await stateOf(site, exported, site.store))?.state === 'ready');
  await look(site);
  expect((await stateOf(site, exported, site.store))?.state).toBe('ready');
  await site.turns.close();
});

test('what could not be made says why, and is made again only when somebody asks', async () => {
  const site = openSite();
  const exported = approve(site);
  site.turns.start();
  await begun(site, 1);
  site.maker.endings[0]?.fail(apiError('archive-late', 'too slow'));
  const failed: ArchiveNote = { state: 'failed', code: 'archive-late', message: 'too slow' };
  await until(
    async () => JSON.stringify(await stateOf(site, exported, site.store)) === JSON.stringify(failed),
  );
  await look(site);
  expect(site.maker.jobs).toHaveLength(1);
  expect(await site.metrics.text()).toContain('xueliang_api_archives_failed_total{code="archive-late"} 1');

  await site.folder.remove(exported.exportId);
  await begun(site, 2);
  await site.turns.close();
});

test('an archive goes when its approval ends, and one that is withdrawn while it is made is not made', async () => {
  const site = openSite();
  const exported = await made(site);
  await site.clock.advance(7 * day);
  await vi.waitFor(async () => {
    await site.clock.advance(4000);
    expect(existsSync(site.folder.fileOf(exported.exportId))).toBe(false);
  });
  expect(await stateOf(site, exported, site.store)).toEqual({ state: 'removed' });

  const withdrawn = approve(site);
  await begun(site, 2);
  const step = { to: 'withdrawn', by: 'wang', at: site.clock.now() } as const;
  site.store.write({ ...withdrawn, steps: [...withdrawn.steps, step] });
  await vi.waitFor(async () => {
    await site.clock.advance(4000);
    expect(site.maker.aborted).toBe(1);
  });
  await vi.waitFor(async () => expect(await site.folder.exportIds()).toEqual([]));
  expect(await site.metrics.text()).toContain('xueliang_api_archives_removed_total{reason="expired"} 1');
  expect(site.audit.entries[0]).toEqual({
    ...{ who: 'api', what: 'archiveRemoved', why: 'expired', place: exported.ground },
    target: `exports/${exported.exportId}/archive`,
  });
  await site.turns.close();
});

test('an archive whose removal cannot be written down stays until it can', async () => {
  const site = openSite();
  const exported = await made(site);
  site.audit.isAway = true;
  await site.clock.advance(7 * day);
  await vi.waitFor(async () => {
    await site.clock.advance(4000);
    expect(site.audit.refused).toBeGreaterThan(0);
  });
  expect(existsSync(site.folder.fileOf(exported.exportId))).toBe(true);

  site.audit.isAway = false;
  await vi.waitFor(async () => {
    await site.clock.advance(4000);
    expect(existsSync(site.folder.fileOf(exported.exportId))).toBe(false);
  });
  await site.turns.close();
});

test('after a crash what was half made is removed and made again, and what is whole stays', async () => {
  const before = openSite();
  const half = approve(before);
  const wholeOne = approve(before, startAt - 5);
  await before.folder.note(half.exportId, { state: 'making', made: 3, of: 9 });
  await mkdir(before.folder.makingOf(half.exportId));
  await writeFile(path.join(before.folder.makingOf(half.exportId), 'clip.mp4'), 'half');
  await writeFile(before.folder.fileOf(half.exportId), 'renamed, and not noted');
  await before.folder.note(wholeOne.exportId, { state: 'ready', bytes: 5, sha256: 'b'.repeat(64), files: 1 });
  await writeFile(before.folder.fileOf(wholeOne.exportId), 'whole');

  const site = openSite(before.clock);
  for (const { exported } of before.store.entries.values()) site.store.write(exported);
  site.turns.start();
  await begun(site, 1);

  expect(site.maker.jobs[0]?.exported.exportId).toBe(half.exportId);
  expect(existsSync(path.join(site.folder.makingOf(half.exportId), 'clip.mp4'))).toBe(false);
  expect((await stateOf(site, wholeOne, site.store))?.state).toBe('ready');
  await site.turns.close();
});

test('an archive that is shorter than was noted counts as none', async () => {
  const site = openSite();
  const exported = approve(site);
  await site.folder.note(exported.exportId, { state: 'ready', bytes: 5, sha256: 'b'.repeat(64), files: 1 });
  await writeFile(site.folder.fileOf(exported.exportId), 'who');

  expect(await stateOf(site, exported, site.store)).toEqual({ state: 'waiting' });
  await writeFile(path.join(place, `${exported.exportId}.json`), '{"state":"ready"');
  expect(await stateOf(site, exported, site.store)).toEqual({ state: 'waiting' });
});

test('of two processes with one folder one makes, and the other takes over when it is gone', async () => {
  const one = openSite();
  const other = openSite(one.clock);
  approve(one);
  for (const { exported } of one.store.entries.values()) other.store.write(exported);
  one.turns.start();
  await begun(one, 1);
  other.turns.start();
  for (let times = 0; times < 5; times++) await look(other);
  expect(other.maker.jobs).toHaveLength(0);

  await one.turns.close();
  await begun(other, 1);
  await other.turns.close();
});

test('there is as much room as the quota leaves', async () => {
  const site = openSite();
  const quota = { ...site.resources.site(), exports: { quota: '1MB' } };
  site.resources.site = () => quota;
  const first = approve(site);
  site.turns.start();
  await begun(site, 1);
  await site.maker.endings[0]?.done(700_000);
  await until(async () => (await stateOf(site, first, site.store))?.state === 'ready');
  approve(site);
  await begun(site, 2);

  expect(site.maker.jobs.map(({ limitBytes }) => limitBytes)).toEqual([1_048_576, 348_576]);
  await site.turns.close();
});

test('while the history is away it waits, without being called failed', async () => {
  const site = openSite();
  const exported = approve(site);
  site.history.failure = apiError('exports-busy', 'away');
  site.turns.start();
  for (let times = 0; times < 3; times++) await look(site);
  expect(site.maker.jobs).toHaveLength(0);
  await until(async () => (await stateOf(site, exported, site.store))?.state === 'waiting');

  site.history.failure = undefined;
  await vi.waitFor(async () => {
    await site.clock.advance(60_000);
    expect(site.maker.jobs).toHaveLength(1);
  });
  await site.turns.close();
});

test('only ids make paths, and other files are left alone', async () => {
  const folder = new ArchiveFolder(place);
  expect(() => folder.fileOf('../../etc/passwd')).toThrow('there is no export');
  await writeFile(path.join(place, 'notes.txt'), 'mine');
  await folder.clearHalfMade();

  expect(await folder.exportIds()).toEqual([]);
  expect(await readdir(place)).toEqual(['notes.txt']);
});
