import type { Readable } from 'node:stream';
import type { Medium } from './schema/alert.ts';

/** Bytes `start` to `end`, both included, counted from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A stored picture or clip as whoever sends it on needs it. */
export interface EvidenceFile {
  /** Where it lies, when the store is a folder on this machine. */
  path?: string;
  sizeBytes: number;
  contentType: string;
  /**
   * Opens the bytes, all of them or one range. Fails with kind `invalid` when the range is not inside the file; the
   * stream itself errors when the file is deleted before it is opened.
   */
  stream(range?: ByteRange): Readable;
}

/** The read side of the evidence store: all that serving pictures and clips needs. */
export interface EvidenceReader {
  /** Resolves to nothing when it is not there (not yet, or deleted); fails with kind `invalid` on a malformed alert id. */
  open(alertId: string, medium: Medium): Promise<EvidenceFile | undefined>;
}
