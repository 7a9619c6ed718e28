import type { CameraPlan } from './timeline.ts';

/** A clip in the footage cache. */
export interface ReelFile {
  id: string;
  file: string;
}

/** What the simulator's process is told to play. */
export interface SimulatorPlan {
  reels: readonly ReelFile[];
  cameras: readonly CameraPlan[];
}

export type SimulatorDemand = { kind: 'play'; plan: SimulatorPlan } | { kind: 'report' };

/** When each camera's first picture was due, by camera id, in milliseconds since 1970. */
export type FirstPictures = Readonly<Record<string, number>>;

export interface SimulatorReport {
  /** The most that pictures were late since the last report, in milliseconds. */
  latestMs: number;
  /** Clients that did not read and were cut off. */
  cutOff: number;
  viewers: number;
}

export type SimulatorAnswer =
  | { kind: 'playing'; port: number; firstAt: FirstPictures }
  | { kind: 'report'; report: SimulatorReport }
  | { kind: 'failed'; message: string };
