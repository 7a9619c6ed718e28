import type { Readable } from 'node:stream';
import type { Medium, PictureItem } from './schema/alert.ts';
import type { Box, Point, Polygon } from './schema/geometry.ts';

/** One file of an alert's evidence: a medium, or a picture from the spot under the SHA-256 of its bytes, in hex. */
export type EvidenceName = Medium | `picture-${string}`;

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
  /** Resolves to nothing when it is not there (not yet, or deleted); fails with kind `invalid` on a malformed alert id or name. */
  open(alertId: string, name: EvidenceName): Promise<EvidenceFile | undefined>;
}

/** Where on a picture a scenario looks: all of it where there is neither zone nor line. In shares of the picture. */
export interface Sketch {
  zone?: Polygon;
  /** Directed. */
  line?: readonly Point[];
  /** What is never looked at. */
  masks: readonly Polygon[];
}

/** The making of the pictures that go to a responder's telephone and come from there, and of those that show where a scenario looks. */
export interface EvidencePictures {
  /**
   * The snapshot of an alert as a small JPEG in which nobody can be known: all of it is blurred, and the `boxes` (shares
   * of the picture) are reduced to coarse squares. Nothing when there is no snapshot. Throws `pictures-busy` or
   * `picture-unreadable`.
   */
  blurred(alertId: string, boxes: readonly Box[]): Promise<Buffer | undefined>;
  /**
   * Decodes what somebody sent and stores it written anew, so that a picture and nothing else is kept: no EXIF, no
   * place, no text. JPEG, PNG and WebP only. Throws `picture-unreadable`, `pictures-busy` or `disk-full`.
   */
  keep(alertId: string, bytes: Buffer): Promise<Omit<PictureItem, 'n'>>;
  /** The same picture with a sketch drawn onto it, as JPEG. Throws `picture-unreadable` or `pictures-busy`. */
  sketched(jpeg: Buffer, sketch: Sketch): Promise<Buffer>;
}
