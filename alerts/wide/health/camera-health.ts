import { mayLook } from '../../../core/config/check-law.ts';
import { parseDuration } from '../../../core/config/quantity.ts';
import { isInScope } from '../../../core/config/scope.ts';
import type { Resources } from '../../../core/resources.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import { createSchedule, defaultTimezone } from '../../../core/schedule.ts';
import type { CameraStatus } from '../../../core/schema/health.ts';
import type { ScenarioOf } from '../../../core/schema/scenario.ts';
import { isTooSoon, type Situations } from '../situations.ts';
import type { WideAlerts } from '../wide-alerts.ts';
import { decideHealth, type HealthDecision } from './decide-health.ts';
import { type CameraHealth, HealthBoard } from './health-board.ts';
import { commonPlace, type Watched } from './health-groups.ts';

type Scenario = ScenarioOf<'cameraHealth'>;

export interface CameraHealthOptions {
  clock: Clock;
  resources: Pick<Resources, 'site' | 'cameras' | 'calendars' | 'scenarios'>;
  situations: Situations;
  alerts: WideAlerts;
}

const defaultDwell = '1m';
const defaultTogether = 3;
/** The schema's bound on the cameras of one alert. */
const maxOthers = 1000;
const withoutMedia = 'an alert about cameras that give no usable picture has no picture of its own';

/** 视频质量: watches over the cameras themselves. */
export class CameraHealthWatch {
  readonly #options: CameraHealthOptions;
  readonly #board: HealthBoard;

  constructor(options: CameraHealthOptions) {
    this.#options = options;
    this.#board = new HealthBoard(options.clock);
  }

  take(status: CameraStatus): void {
    this.#board.take(status);
  }

  /** To be called every second. `canHear`: the bus is there, so that silence means something. */
  tick(canHear: boolean): void {
    if (!canHear) {
      this.#board.holdSilence();
      return;
    }
    const { clock, resources } = this.#options;
    const timezone = resources.site().timezone ?? defaultTimezone;
    const cameras = resources.cameras().filter((camera) => mayLook(camera, clock.now(), timezone));
    const all = cameras.map((camera) => ({ camera, health: this.#board.look(camera.id) }));
    const ids = new Set(cameras.map(({ id }) => id));
    this.#board.forget((id) => ids.has(id));
    if (!this.#board.isSettled) return;
    for (const scenario of resources.scenarios()) {
      if (scenario.kind === 'cameraHealth') this.#follow(scenario, all, timezone);
    }
  }

  #follow(scenario: Scenario, all: readonly Watched[], timezone: string): void {
    const { clock, resources, situations } = this.#options;
    const schedule = createSchedule(scenario.schedule, timezone, resources.calendars());
    const decisions = decideHealth({
      scenarioId: scenario.id,
      watched: all
        .filter(({ camera }) => isInScope(scenario, camera))
        .map(({ camera, health }) => ({ camera, health: asAsked(scenario, health) })),
      open: situations.open(scenario.id),
      now: clock.monotonic(),
      dwellMs: parseDuration(scenario.dwell ?? defaultDwell),
      together: scenario.together ?? defaultTogether,
      isOnDuty: schedule.isOnDuty(clock.now()),
    });
    for (const decision of decisions) this.#carryOut(scenario, decision);
  }

  #carryOut(scenario: Scenario, decision: HealthDecision): void {
    const { alerts } = this.#options;
    if (decision.do === 'update') alerts.update(decision.situation, decision.facts);
    else if (decision.do === 'end') alerts.end(decision.situation, this.#toInstant(decision.since));
    else this.#raise(scenario, decision);
  }

  #raise(scenario: Scenario, { key, members, facts }: HealthDecision & { do: 'raise' }): void {
    const { clock, situations, alerts } = this.#options;
    const [leader, ...others] = members;
    if (!leader) return;
    const at = clock.now();
    const startedAt = this.#toInstant(leader.health.since);
    const earlier = situations.cooling(scenario, startedAt, (one) => one.key === key);
    if (earlier) {
      if (!isTooSoon(earlier, at)) alerts.resume(earlier, facts); // else asked again in a second
      return;
    }
    const otherCameras = others.slice(0, maxOthers).map(({ camera }) => camera.id);
    alerts.raise(scenario, {
      key,
      at,
      cameraId: leader.camera.id,
      cameraName: leader.camera.name,
      ...(otherCameras.length > 0 ? { otherCameras } : {}),
      place: commonPlace(members.map(({ camera }) => camera)),
      startedAt,
      capturedAt: at,
      facts,
      withoutMedia,
    });
  }

  #toInstant(since: number): number {
    const { clock } = this.#options;
    return clock.now() - (clock.monotonic() - since);
  }
}

/** A condition that the scenario does not ask about is none; of what it cannot see it knows nothing. */
const asAsked = ({ conditions }: Scenario, health: CameraHealth): CameraHealth => {
  const { standing } = health;
  if (standing === 'well' || standing === 'unheard' || standing === 'unknown') return health;
  if (conditions === undefined || conditions.includes(standing)) return health;
  return { ...health, standing: standing === 'offline' ? 'unknown' : 'well' };
};
