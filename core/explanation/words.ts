import type { Explanation, Missing, TierChange, VerdictCause, WatchState } from '../schema/explanation.ts';
import type { CameraState, DropReason, Tier } from '../schema/health.ts';
import type { Label } from '../schema/label.ts';
import type { PictureCondition, ScenarioKind } from '../schema/scenario.ts';
import { english } from './words-en.ts';
import { chinese } from './words-zh.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** An explanation's closed lists in words. */
export interface Words {
  /** Why there is no alert now, and what to do; a sentence or two. */
  verdict(cause: VerdictCause, status: Explanation['status']): string;
  /** What a scenario lacks; `timeOfDay` writes an instant as the site's clock shows it. */
  missing(missing: Missing, timeOfDay: (at: number) => string): string;
  /** A length of time, to the second or coarser: `14 s`, `3 min 20 s`, `2 h 5 min`. */
  span(ms: number): string;
  readonly watchStates: Readonly<Record<WatchState, string>>;
  readonly cameraStates: Readonly<Record<CameraState, string>>;
  readonly conditions: Readonly<Record<PictureCondition, string>>;
  readonly tiers: Readonly<Record<Tier, string>>;
  readonly reasons: Readonly<Record<TierChange['reason'], string>>;
  readonly drops: Readonly<Record<DropReason, string>>;
  readonly kinds: Readonly<Record<ScenarioKind, string>>;
  readonly labels: Readonly<Record<Label, string>>;
}

/** The words of a language. */
export const wordsOf = (language: Language): Words => (language === 'zh' ? chinese : english);
