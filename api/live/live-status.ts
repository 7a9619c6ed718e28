import type { Bus } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { CameraStatus, RoleStatus } from '../../core/schema/health.ts';
import { Latest } from './latest.ts';

export interface LiveStatusDeps {
  bus: Pick<Bus, 'follow'>;
  clock: Clock;
  log: Logger;
}

/** More cameras and roles than any site has; what comes beyond pushes out what was silent longest. */
const maxCameras = 100_000;
const maxRoles = 1000;
const backoff = { baseMs: 250, maxMs: 10_000 };

/** What cameras and roles say of themselves, as it was last heard on the bus. */
export class LiveStatus {
  readonly cameras: Latest<CameraStatus>;
  readonly roles: Latest<RoleStatus>;
  readonly #deps: LiveStatusDeps;
  readonly #stopping = new AbortController();
  #following: Promise<unknown> = Promise.resolve();

  constructor(deps: LiveStatusDeps) {
    this.#deps = deps;
    this.cameras = new Latest(deps.clock, maxCameras);
    this.roles = new Latest(deps.clock, maxRoles);
  }

  /** Begins to listen, with the last that each has said. */
  start(): void {
    const { bus } = this.#deps;
    const from = 'lastPerSubject';
    this.#following = Promise.all([
      this.#keep('cameras', (signal) =>
        bus.follow({
          stream: 'HEALTH',
          from,
          signal,
          onMessage: ({ value }) => this.cameras.set(value.cameraId, value),
        }),
      ),
      this.#keep('roles', (signal) =>
        bus.follow({
          stream: 'ROLES',
          from,
          signal,
          onMessage: ({ value }) => this.roles.set(`${value.role}.${value.id}`, value),
        }),
      ),
    ]);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  #keep(name: string, attempt: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, log } = this.#deps;
    const { signal } = this.#stopping;
    return supervise(attempt, {
      name: `following ${name}`,
      clock,
      log,
      signal,
      backoff,
      healthyAfterMs: 60_000,
    });
  }
}
