import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ByteRange, EvidenceFile, EvidenceName, EvidenceReader } from '../../core/evidence.ts';
import { evidenceError, isMissing } from './errors.ts';
import { contentTypeOf, evidencePathOf } from './paths.ts';

const toEvidenceFile = (path: string, sizeBytes: number, contentType: string): EvidenceFile => ({
  path,
  sizeBytes,
  contentType,
  stream(range?: ByteRange) {
    if (range && !isInside(range, sizeBytes)) {
      throw evidenceError(
        'range-invalid',
        `bytes ${range.start} to ${range.end} are not inside a file of ${sizeBytes} bytes`,
      );
    }
    return createReadStream(path, range);
  },
});

const isInside = ({ start, end }: ByteRange, sizeBytes: number): boolean =>
  Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end < sizeBytes;

const openFile = async (
  folder: string,
  alertId: string,
  name: EvidenceName,
): Promise<EvidenceFile | undefined> => {
  const path = evidencePathOf(folder, alertId, name);
  try {
    const { size } = await stat(path);
    return toEvidenceFile(path, size, contentTypeOf(name));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw evidenceError('evidence-unreadable', `the ${name} of ${alertId} could not be read`, {
      cause: error,
    });
  }
};

/** Reads an evidence folder that another process owns. Needs no more than the right to read it. */
export const createEvidenceReader = (folder: string): EvidenceReader => ({
  open: (alertId, name) => openFile(folder, alertId, name),
});
