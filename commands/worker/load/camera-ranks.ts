import { hasNeeds, isInScope } from '../../../core/config/scope.ts';
import type { Resources } from '../../../core/resources.ts';
import { createSchedule, defaultTimezone, type Schedule } from '../../../core/schedule.ts';
import { type Severity, severities } from '../../../core/schema/severity.ts';
import type { Rank } from './shed-order.ts';

interface Duty {
  severity: Severity;
  schedule: Schedule;
}

const ranks: readonly Rank[] = [...severities, 'none'];

/** From the most to the least that depends on a camera. */
const compareRanks = (a: Rank, b: Rank): number => ranks.indexOf(a) - ranks.indexOf(b);

/** What depends on each camera, by the scenarios that are configured now. */
export class CameraRanks {
  readonly #resources: Pick<Resources, 'site' | 'cameras' | 'scenarios' | 'calendars'>;
  #duties = new Map<string, Duty[]>();

  constructor(resources: Pick<Resources, 'site' | 'cameras' | 'scenarios' | 'calendars'>) {
    this.#resources = resources;
    this.reload();
  }

  /** To be called when the configuration has changed. */
  reload(): void {
    const timezone = this.#resources.site().timezone ?? defaultTimezone;
    this.#duties = new Map();
    const calendars = this.#resources.calendars();
    for (const scenario of this.#resources.scenarios()) {
      const { severity, schedule } = scenario;
      const duty = { severity, schedule: createSchedule(schedule, timezone, calendars) };
      for (const camera of this.#resources.cameras()) {
        if (!isInScope(scenario, camera) || !hasNeeds(scenario, camera)) continue;
        this.#duties.set(camera.id, [...(this.#duties.get(camera.id) ?? []), duty]);
      }
    }
  }

  /** `at`: milliseconds since 1970-01-01 UTC. */
  of(cameraId: string, at: number): Rank {
    const onDuty = this.#duties.get(cameraId)?.filter(({ schedule }) => schedule.isOnDuty(at)) ?? [];
    return onDuty.map(({ severity }) => severity).sort(compareRanks)[0] ?? 'none';
  }
  /** The cameras on which most depends first, otherwise as they were. */
  sorted(cameraIds: readonly string[], at: number): string[] {
    const ranked = cameraIds.map((cameraId) => ({ cameraId, rank: this.of(cameraId, at) }));
    return ranked.sort((a, b) => compareRanks(a.rank, b.rank)).map(({ cameraId }) => cameraId);
  }
}
