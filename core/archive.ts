import type { Alert } from './schema/alert.ts';
import type { Export } from './schema/export.ts';
import type { Box } from './schema/geometry.ts';
import type { Label } from './schema/label.ts';

/** One picture or clip that is to be made unknowable. Times are milliseconds since 1970-01-01 UTC. */
export interface BlurJob {
  /** The evidence as it lies on the disk, and where the blurred one goes. */
  file: string;
  target: string;
  /** When the first picture was taken. */
  startedAt: number;
  /** What the alert is about, where it was at `objectsAt` (shares of the picture). */
  objects: readonly { label: Label; box: Box }[];
  objectsAt: number;
  /** What is written on the picture of an instant; nothing when left out. */
  caption?: (at: number) => string;
}

export interface BlurredPicture {
  /** Pixels. */
  width: number;
  height: number;
}

export interface BlurredClip extends BlurredPicture {
  pictures: number;
}

/** How it is found what to blur, for whoever has to trust it. */
export interface BlurRule {
  modelId: string;
  /** Detections below are not blurred. */
  minScore: number;
  looksPerSecond: number;
  /** Of a box's own size, added to every side. */
  margin: number;
}

/** Makes pictures and clips in which nobody and no plate can be known. All may throw `evidence-undecodable` or `disk-full`. */
export interface BlurredMedia {
  readonly rule: BlurRule;
  /** A JPEG of a JPEG. */
  snapshot(job: BlurJob): Promise<BlurredPicture>;
  /** An MP4 in H.264 without sound, picture by picture. */
  clip(job: BlurJob): Promise<BlurredClip>;
  /** A JPEG of the picture of a clip at `objectsAt`, with nothing drawn on it. */
  still(job: BlurJob): Promise<BlurredPicture>;
}

/** All that the archive of an approved export is made from. Plain data: it goes to a process of its own. */
export interface ArchiveJob {
  exported: Export;
  /** As they were when the making began, the earliest first. */
  alerts: Alert[];
  /** Asked for, and no longer in the history. */
  goneAlertIds: string[];
  site: { id: string; name: string; timezone: string; retention: string };
  /** The model that looks; the usual one when left out. */
  modelId?: string;
  /** Names of places, by code. */
  placeNames: Readonly<Record<string, string>>;
  madeAt: number;
  /** A folder for what is half made, and the archive itself, written last. */
  folder: string;
  file: string;
  /** More than so much is not written. */
  limitBytes: number;
}

/** An archive as it lies there. */
export interface ArchiveMade {
  bytes: number;
  sha256: string;
  files: number;
}

/** The making of archives, away from whoever asks for it. */
export interface ArchiveMaker {
  /**
   * Resolves when the archive is in its place. `onMade`: so many alerts are done. Throws `archive-full`, `archive-late`,
   * `archive-ended` or what the making threw; rejects with the signal's reason when aborted, having ended what it began.
   */
  make(job: ArchiveJob, onMade: (made: number) => void, signal: AbortSignal): Promise<ArchiveMade>;
}
