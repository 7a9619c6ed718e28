import type { AlertFacts } from '../../core/schema/alert.ts';
import type { Box } from '../../core/schema/geometry.ts';
import type { PictureFacts, Track } from '../../core/stages.ts';
import type { WatchExplanation } from './explain.ts';
import type { Scene } from './scene.ts';

/** One match of a scenario: what an alert is made of. */
export interface Finding {
  startedAt: number;
  facts: AlertFacts;
  /** The objects it is about, the most telling one first. */
  tracks: readonly Track[];
}

/** A situation that somebody was alerted to, as far as going on with it takes. */
export interface Ongoing {
  alertId: string;
  /** Under which division code it was raised; its later events go there too. */
  place: string;
  startedAt: number;
  /** Capture time of the last frame in which it held, as far as is known. */
  heldUntil: number;
  /** Where its first object stood when it was raised. */
  box?: Box;
  /** Where it is when it is about something that the detector does not know. */
  spot?: Box;
}

/** What was once alerted to and is over, as far as not alerting to it again takes. */
export interface Past {
  endedAt: number;
  box: Box;
}

/** The way from one watch to its alerts. */
export interface Alerting {
  /** Gives nothing when the camera has too many open situations; try again at the next look. */
  raise(finding: Finding, scene: Scene): Ongoing | undefined;
  end(situation: Ongoing): void;
  /** Something was left out because there is too much already. */
  refuse(): void;
}

/** One scenario watching one camera. */
export interface Watch {
  /** The camera should be looked at all the time that it is on duty, whether or not anything is there. */
  readonly isStanding?: boolean;
  /** Looks at a frame; true when frames should keep coming. */
  look(scene: Scene, isOnDuty: boolean): boolean;
  /** Takes what a picture says without any detection; for those that asked for it. */
  notePicture?(facts: PictureFacts): void;
  /** Milliseconds until the next alert could be due if all stays as it is now; Infinity when none could. */
  dueInMs(now: number): number;
  /** Goes on with a situation that an earlier watch alerted to. */
  resume(situation: Ongoing): void;
  /** Remembers a situation that is over. */
  recall(past: Past): void;
  /** No picture for `unseenMs`: ends what nobody can say to be the same when pictures come back. */
  expire(unseenMs: number): void;
  /** Situations alerted to and not over. */
  ongoing(): readonly Ongoing[];
  /** How near it is to an alert as of the look that it had last, while it is on duty. */
  explain(scene: Scene): WatchExplanation;
}
