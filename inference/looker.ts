import type { AppError } from '../core/errors.ts';
import type { FrameRef } from '../core/frame-slots.ts';
import type { Findings } from './decode/decoder.ts';

/** Where the time of one frame went, in milliseconds. */
export interface Timings {
  preprocessMs: number;
  runMs: number;
  decodeMs: number;
}

export interface Looked {
  findings: Findings;
  timings: Timings;
}

/** Looks at one frame at a time: a detector thread seen from the main thread. */
export interface Looker {
  /** Resolves with what it found; rejects when it dies first. Either way the frame's slot is freed, once. */
  look(frame: FrameRef): Promise<Looked>;
  /** Resolves when it is gone, with the reason unless it was closed. Never rejects. */
  readonly ended: Promise<AppError | undefined>;
  /** Lets it finish the frame in hand; resolves when it is gone. */
  close(): Promise<void>;
}

/** Starts a looker and resolves when it can work; rejects when it cannot. */
export type OpenLooker = () => Promise<Looker>;
