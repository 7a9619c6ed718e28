import { AVERROR_ENOSPC } from 'node-av/constants';
import { FFmpegError } from 'node-av/lib';
import { evidenceError } from '../errors.ts';

type EvidenceErrorCode = Parameters<typeof evidenceError>[0];

/** Passes a result of FFmpeg on, or throws what it means; `what` says what was being done. */
export const checkFfmpeg = (result: number, code: EvidenceErrorCode, what: string): number => {
  if (result >= 0) return result;
  if (result === AVERROR_ENOSPC) throw evidenceError('disk-full', `${what}: no room left on the disk`);
  throw evidenceError(code, `${what}: ${FFmpegError.strerror(result)}`, { ffmpegCode: result });
};
