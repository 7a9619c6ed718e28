import type { AlertEvent } from '../../core/schema/alert.ts';
import type { ScenarioExplanation } from '../../core/schema/explanation.ts';
import type { LineCrossing } from '../../core/stages.ts';
import type { ReplayTally } from './replay-clip.ts';

/** What `replay` prints, one object a line; `at` is the clip's time in milliseconds since 1970-01-01 UTC. */
export type ReplayLine =
  | { line: 'replay'; at: number; cameraId: string; modelId: string; fps: number }
  /** A finding as it builds up: a scenario's state has changed, and this is what it still lacks. */
  | ({ line: 'finding'; at: number } & Omit<ScenarioExplanation, 'name' | 'isOnDuty'>)
  /** A line was crossed, whether or not that is alerted to. */
  | { line: 'crossing'; at: number; crossing: LineCrossing }
  /** An alert event as the bus would carry it. */
  | { line: 'event'; at: number; event: AlertEvent }
  | ({ line: 'summary'; at: number; alerts: number; open: number; tracks: number } & ReplayTally);

const scoreDigits = 2;
/** Of a share of the picture: less than a pixel of 4K is left out. */
const digits = 3;

/**
 * The line with its scores to two decimals and all else to three: the last digits of a float differ from one make of
 * CPU to another.
 */
export const roundLine = <T>(value: T): T => round(value, '') as T;

const round = (value: unknown, key: string): unknown => {
  if (typeof value === 'number') return Number(value.toFixed(/score$/i.test(key) ? scoreDigits : digits));
  if (Array.isArray(value)) return value.map((item) => round(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, round(item, name)]));
};

/** Notes which scenarios' states have changed from one look to the next. */
export class FindingChanges {
  readonly #states = new Map<string, string>();

  /** Those that are not what they were; a scenario that was never seen is taken to have been idle. */
  take(explanations: readonly ScenarioExplanation[]): ScenarioExplanation[] {
    return explanations.filter((explanation) => {
      const { scenarioId, state } = explanation;
      const before = this.#states.get(scenarioId) ?? 'idle';
      this.#states.set(scenarioId, state);
      return state !== before;
    });
  }
}
