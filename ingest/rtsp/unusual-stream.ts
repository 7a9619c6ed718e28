import { type IngestError, ingestError } from '../errors.ts';

/**
 * The error of a stream that our own client does not understand and FFmpeg may: `stream-unusual`. Whoever opens streams
 * tries FFmpeg then; no operator is shown it.
 */
export const unusualStream = (detail: string): IngestError =>
  ingestError('stream-unusual', `the stream is outside what the plain RTSP client understands: ${detail}`);
