import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { foldAlerts } from '../../../core/alert-fold.ts';
import type { ArchiveJob, BlurJob, BlurredMedia } from '../../../core/archive.ts';
import type { EvidenceFile } from '../../../core/evidence.ts';
import type { AlertEvent } from '../../../core/schema/alert.ts';
import {
  alertIdAt,
  laterEvent,
  messagesOf,
  raisedAlert,
  raisedEvent,
  readySnapshot,
  startAt,
  village,
} from '../../../test/fixtures/api/alert-events.ts';
import { readZip } from '../../../test/fixtures/read-zip.ts';
import { apiError } from '../../errors.ts';
import { siteClock } from './site-captions.ts';
import { writeArchive } from './write-archive.ts';

const exportId = alertIdAt(startAt, 5);
let place = '';

beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'write-archive-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const raised = raisedAlert();
const clip = {
  medium: 'clip',
  sizeBytes: 9,
  sha256: 'b'.repeat(64),
  width: 768,
  height: 576,
  startedAt: startAt - 5400,
} as const;
const story: AlertEvent[] = [
  raisedEvent(raised),
  readySnapshot(raised),
  laterEvent(raised, { type: 'transition', to: 'acknowledged', by: 'zhang-san' }),
  laterEvent(raised, {
    type: 'transition',
    to: 'falseAlarm',
    by: 'zhang-san',
    reason: 'animal',
    why: '是王家的狗',
  }),
  laterEvent(raised, { type: 'commented', by: 'zhang-san', text: '王家的狗' }),
];
const withClip = laterEvent(raised, { type: 'mediaReady', item: clip });
const gone = laterEvent(raised, { type: 'mediaDeleted', medium: 'clip', reason: 'retention' });

const alertOf = (events: readonly AlertEvent[]) => {
  const alert = foldAlerts(messagesOf(events)).get(raised.alertId);
  if (!alert) throw new TypeError('no alert');
  return alert;
};

const jobOf = (
  events: readonly AlertEvent[],
  facts: Partial<ArchiveJob> = {},
  asked: object = {},
): ArchiveJob => ({
  exported: {
    ...{ schemaVersion: 1, exportId, ground: village, by: 'wang', at: startAt, kind: 'alerts' },
    ...{ purpose: 'disposalReview', reason: '派出所调取塘边事件材料', alertIds: [raised.alertId] },
    steps: [{ to: 'approved', by: 'li', at: startAt + 1 }],
    ...asked,
  },
  alerts: [alertOf(events)],
  goneAlertIds: [],
  site: { id: 'caishi', name: '蔡市镇', timezone: 'Asia/Shanghai', retention: '30d' },
  placeNames: { [village]: '邓家铺村' },
  ...{
    madeAt: startAt,
    limitBytes: 1e6,
    folder: path.join(place, 'making'),
    file: path.join(place, 'a.zip'),
  },
  ...facts,
});

/** Media that say what they were asked for. */
const scriptedMedia = (fail?: (job: BlurJob) => void) => {
  const jobs: BlurJob[] = [];
  const make = async (job: BlurJob) => {
    jobs.push(job);
    fail?.(job);
    await writeFile(job.target, `blurred ${job.file} ${job.caption?.(job.startedAt) ?? ''}`);
    return { width: 768, height: 576, pictures: 30 };
  };
  const rule = { modelId: 'yolox-nano-416', minScore: 0.1, looksPerSecond: 5, margin: 0.15 };
  const media: BlurredMedia = { rule, snapshot: make, clip: make, still: make };
  return { media, jobs };
};
const evidence = {
  open: async (alertId: string, name: string) => ({ path: `${alertId}.${name}` }) as unknown as EvidenceFile,
};
const write = async (job: ArchiveJob, { media } = scriptedMedia()) => {
  const told: number[] = [];
  const made = await writeArchive(job, { media, evidence, version: '0.1.0' }, (count) => told.push(count));
  const bytes = await readFile(job.file);
  const files = readZip(bytes);
  return { made, told, bytes, files, manifest: JSON.parse(String(files.get('manifest.json'))) };
};

test('each file is in the manifest by its bytes and hash, and the archive by its own', async () => {
  const { made, told, bytes, files, manifest } = await write(jobOf([...story, withClip]));

  const [{ files: own }] = manifest.alerts;
  for (const { file, bytes: size, sha256 } of [own.snapshot, own.clip, ...manifest.files]) {
    expect(files.get(file)).toHaveLength(size);
    expect(
      createHash('sha256')
        .update(files.get(file) ?? '')
        .digest('hex'),
    ).toBe(sha256);
  }
  expect(made).toEqual({
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    files: 4,
  });
  expect(told).toEqual([1]);
  expect((await stat(path.join(place, 'a.zip'))).mode & 0o777).toBe(0o600);
  expect(existsSync(path.join(place, 'making'))).toBe(false);
});

test('on the pictures stand place, the time there and the export', async () => {
  const { files } = await write(jobOf([...story, withClip]));

  const said = String(files.get(`${raised.alertId}/clip.mp4`));
  expect(said).toContain(`邓家铺村 ${village} · 2026-01-05 19:59:54 GMT+8 · ${exportId}`);
  expect(siteClock('Asia/Urumqi')(startAt)).toBe('2026-01-05 18:00:00 GMT+6');
});

test('what retention has left nothing of is said, and costs nothing else', async () => {
  const { files, manifest } = await write(jobOf([...story, gone], { goneAlertIds: [alertIdAt(startAt, 9)] }));

  expect(manifest.alerts[0].files.clip).toEqual({ missing: 'deleted: retention' });
  expect(manifest.gone).toEqual([alertIdAt(startAt, 9)]);
  expect([...files.keys()]).toEqual([`${raised.alertId}/snapshot.jpg`, 'README.txt', 'manifest.json']);
});

test('evidence that cannot be decoded costs itself; a full disk costs all', async () => {
  const failing = (code: 'archive-ended' | 'archive-full') =>
    scriptedMedia(({ target }) => {
      if (target.endsWith('.mp4')) throw apiError(code, 'as the test says');
    });
  const { manifest } = await write(jobOf([...story, withClip]), failing('archive-ended'));

  expect(manifest.alerts[0].files.clip.missing).toBe('archive-ended: as the test says');
  await expect(write(jobOf([...story, withClip]), failing('archive-full'))).rejects.toMatchObject({
    code: 'archive-full',
  });
});

test('who dealt with an alert, and what they wrote, stays at home', async () => {
  const { files, manifest } = await write(jobOf([...story, withClip]));

  const all = [...files.values()].map(String).join();
  expect(all).not.toContain('zhang-san');
  expect(all).not.toContain('王家');
  expect(manifest.alerts[0].steps.at(-1)).toEqual({
    state: 'falseAlarm',
    at: startAt + 5000,
    reason: 'animal',
  });
  expect(manifest).toMatchObject({
    ...{ asked: { by: 'wang', at: startAt }, approved: { by: 'li', at: startAt + 1 } },
    ...{
      madeBy: { version: '0.1.0' },
      retention: { evidenceKept: '30d' },
      blurring: { minScore: 0.1, isChecked: false },
    },
  });
});

test('more than there is room for is not written, and says what to do', async () => {
  const refused = write(jobOf([...story, withClip], { limitBytes: 100 }));

  await expect(refused).rejects.toMatchObject({
    code: 'archive-full',
    message: expect.stringContaining('site.exports.quota'),
  });
  expect(existsSync(path.join(place, 'a.zip'))).toBe(false);
});

test('of hard examples nothing is written on the picture, and without a clip there is none', async () => {
  const asked = { kind: 'hardExamples', format: 'yolo', purpose: 'training' };
  const scripted = scriptedMedia();
  const { files } = await write(jobOf([...story, withClip], {}, asked), scripted);
  expect(scripted.jobs.map(({ caption }) => caption)).toEqual([undefined]);
  expect(String(files.get(`labels/${raised.alertId}.txt`))).toBe('0 0.15 0.35 0.1 0.3\n');
  expect(String(files.get('data.yaml'))).toContain('names:\n  0: person\n');

  const without = await write(jobOf([...story, gone], {}, { ...asked, format: 'coco' }));
  expect(JSON.parse(String(without.files.get('annotations.json')))).toMatchObject({
    images: [],
    annotations: [],
  });
  expect(without.manifest.alerts[0].files.image).toEqual({ missing: 'deleted: retention' });
});

test('COCO has boxes in pixels', async () => {
  const asked = { kind: 'hardExamples', format: 'coco', purpose: 'training' };
  const { files } = await write(jobOf([...story, withClip], {}, asked));
  const coco = JSON.parse(String(files.get('annotations.json')));

  expect(coco.annotations).toMatchObject([
    { id: 1, image_id: 1, category_id: 1, bbox: [76.8, 115.2, 76.8, 172.8], score: 0.82 },
  ]);
  expect(coco.images).toEqual([{ id: 1, file_name: `${raised.alertId}.jpg`, width: 768, height: 576 }]);
});
