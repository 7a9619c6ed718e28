import { writeFile } from 'node:fs/promises';
import type { EvidenceItem } from '../../../core/schema/alert.ts';
import { evidenceError } from '../errors.ts';
import { writeEvidenceFile } from '../evidence-file.ts';
import type { EvidenceMedia, MediumJob } from '../evidence-media.ts';
import { evidencePathOf } from '../paths.ts';
import { toPlayable, writeClip } from './clip.ts';
import { isShortened } from './coverage.ts';
import { decodeFrameAt } from './frame.ts';
import { toSnapshot } from './snapshot.ts';

export interface MediaOptions {
  folder: string;
  makeRoom: ((sizeBytes: number) => Promise<boolean>) | undefined;
}

/** Boxes drawn on a picture of another moment would point at nothing. */
const maxSnapshotAgeUs = 1_000_000;
/** Asked for before a snapshot is made, when the disk is full: more than a JPEG of this width takes. */
const snapshotBytes = 1024 * 1024;

const notHeld = () => evidenceError('moment-not-held', 'the packets of that moment are no longer held');

const makeSnapshot = async (
  { request, packets, signal }: MediumJob,
  { folder, makeRoom }: MediaOptions,
): Promise<EvidenceItem> => {
  const { alertId, ptsUs } = request;
  const path = evidencePathOf(folder, alertId, 'snapshot');
  const untilUs = Math.max(ptsUs, packets.at(-1)?.ptsUs ?? ptsUs);
  const first = packets[0];
  if (!first?.isKeyframe || first.ptsUs > untilUs) throw notHeld();
  const decoded = await decodeFrameAt(packets, untilUs, signal);
  if (!decoded) throw evidenceError('evidence-undecodable', 'no picture could be decoded from what is held');
  try {
    if (ptsUs - decoded.ptsUs > maxSnapshotAgeUs) throw notHeld();
    const { jpeg, ...size } = await toSnapshot(decoded.frame, request);
    const options = { expectedBytes: snapshotBytes, signal, ...(makeRoom ? { makeRoom } : {}) };
    const fill = async (temporaryPath: string) => {
      await writeFile(temporaryPath, jpeg);
      return size;
    };
    return { medium: 'snapshot', ...(await writeEvidenceFile(path, fill, options)) };
  } finally {
    decoded.frame.free();
  }
};

const makeClip = async (
  { request, packets, startUs, endUs, signal }: MediumJob,
  { folder, makeRoom }: MediaOptions,
): Promise<EvidenceItem> => {
  const path = evidencePathOf(folder, request.alertId, 'clip');
  const playable = toPlayable(packets);
  const first = playable[0];
  if (!first) throw notHeld();
  const expectedBytes = playable.reduce((sum, entry) => sum + entry.data.length, 0);
  const facts = await writeEvidenceFile(path, (temporaryPath) => writeClip(temporaryPath, playable, signal), {
    expectedBytes,
    signal,
    ...(makeRoom ? { makeRoom } : {}),
  });
  const { codec } = first.coding;
  return {
    medium: 'clip',
    ...facts,
    codec,
    startedAt: Math.max(0, Math.round(first.capturedAt)),
    isPlayable: codec === 'h264',
    isShortened: isShortened(
      playable.map((entry) => entry.ptsUs),
      startUs,
      endUs,
    ),
  };
};

/** Pictures by FFmpeg and sharp, clips by FFmpeg, written into the evidence folder. */
export const createEvidenceMedia = (options: MediaOptions): EvidenceMedia => ({
  snapshot: (job) => makeSnapshot(job, options),
  clip: (job) => makeClip(job, options),
});
