import { createScenarioEngine, type EarlierAlert, type ScenarioEngine } from '../../alerts/index.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import type { Observation } from '../../core/observations/decode.ts';
import type { WatchSettings } from '../../core/observations/settings-print.ts';
import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import { labels } from '../../core/schema/label.ts';
import { createNumberedUlids } from '../../core/ulid.ts';

/** An alert of a run, when its situation was over, and how often it began again or grew. */
export type RerunAlert = RaisedAlert & EarlierAlert;

/** Longer than anything that is over is remembered by a scenario that begins anew. */
const rememberMs = 25 * 3_600_000;

/** Scenarios of one camera, told again what they saw, with nothing behind them: what they raise is only noted. */
export class ScenarioRerun {
  readonly #settings: WatchSettings;
  readonly #alerts = new Map<string, RerunAlert>();
  #earlier: readonly EarlierAlert[] = [];
  #engine: ScenarioEngine;
  #now = 0;
  readonly #nextId = createNumberedUlids();
  /** How often each scenario began anew with changed settings. */
  readonly #revisions = new Map<string, number>();

  constructor(settings: WatchSettings) {
    this.#settings = settings;
    this.#engine = this.#createEngine();
  }

  /** In the order in which they were raised. */
  get raised(): readonly RerunAlert[] {
    return [...this.#alerts.values()];
  }

  /** The first that is known of: what was alerted to before, and when the camera had been looked at last. */
  begin(alerts: readonly EarlierAlert[], watchedUntil: number | undefined): void {
    this.#earlier = alerts;
    this.#watch(alerts, watchedUntil);
  }

  /** The worker was started again, or another took the camera over: it went on with the alerts that it found. */
  restart(watchedUntil: number | undefined): void {
    this.#engine = this.#createEngine();
    const since = this.#now - rememberMs;
    const alerts = [...this.#earlier, ...this.#alerts.values()];
    this.#watch(
      alerts.filter(({ endedAt }) => endedAt === undefined || endedAt > since),
      watchedUntil,
    );
  }

  /** These scenarios' settings were changed at the time: their watches began anew with what went on. */
  revise(scenarioIds: readonly string[]): void {
    for (const id of scenarioIds) this.#revisions.set(id, (this.#revisions.get(id) ?? 0) + 1);
    this.#watch([], undefined);
  }

  take(observation: Observation): void {
    if (observation.what === 'interrupt') {
      this.#engine.interrupt(this.#settings.camera.id);
      return;
    }
    const { frame, tickedAt } = observation;
    if (tickedAt !== undefined) {
      this.#now = tickedAt;
      this.#engine.tick(tickedAt);
    }
    this.#now = frame.receivedAt;
    this.#engine.observe(frame);
  }

  #watch(alerts: readonly EarlierAlert[], watchedUntil: number | undefined): void {
    const { camera, scenarios, calendars } = this.#settings;
    this.#engine.setCamera({
      ...{ camera, calendars, alerts },
      // A watch begins anew when anything of its scenario changes, and by its name nothing is decided.
      scenarios: scenarios.map((scenario) => ({
        ...scenario,
        name: `${scenario.name}${' '.repeat(this.#revisions.get(scenario.id) ?? 0)}`,
      })),
      ...(watchedUntil === undefined ? {} : { watchedUntil }),
    });
  }

  #createEngine(): ScenarioEngine {
    return createScenarioEngine({
      siteId: 'whatif',
      modelId: 'stored',
      modelLabels: labels, // what was not detected then is not among what is stored
      normals: { of: () => undefined },
      timezone: this.#settings.timezone,
      idSource: this.#nextId,
      clock: { now: () => this.#now, monotonic: () => this.#now, sleep: () => Promise.resolve() },
      log: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      output: {
        onEvent: (event) => this.#note(event),
        onEvidenceWanted: () => {}, // the pictures are gone
        onKeepAwake: () => {}, // what was looked at is past
        onStandingWatch: () => {},
        onCrossing: () => {}, // they were counted at the time
      },
    });
  }

  #note(event: AlertEvent): void {
    if (event.type === 'raised') this.#alerts.set(event.alertId, { ...event.alert });
    const alert = this.#alerts.get(event.alertId);
    if (alert) this.#alerts.set(event.alertId, asTold(alert, event));
    else
      this.#earlier = this.#earlier.map((known) =>
        known.alertId === event.alertId ? asTold(known, event) : known,
      );
  }
}

/** An alert after an event of it, as a worker that takes it over would find it. */
const asTold = <Told extends EarlierAlert>(alert: Told, event: AlertEvent): Told => {
  switch (event.type) {
    case 'ended':
      return { ...alert, endedAt: event.endedAt };
    case 'updated':
      return { ...alert, facts: event.facts, updates: (alert.updates ?? 0) + 1, updatedAt: event.capturedAt };
    case 'resumed': {
      const { endedAt: _, ...going } = alert;
      const { facts, capturedAt: resumedAt } = event;
      return { ...(going as Told), facts, resumptions: (alert.resumptions ?? 0) + 1, resumedAt };
    }
    default:
      return alert;
  }
};
