import type { Bus } from '../../core/bus/bus.ts';
import type { Resources } from '../../core/resources.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { WorkerOutbox } from '../outbox/outbox.ts';
import { CompositeWatch } from './composite/composite.ts';
import { CameraHealthWatch } from './health/camera-health.ts';
import { Situations } from './situations.ts';
import { WideAlerts } from './wide-alerts.ts';

export interface WideScenariosOptions extends StageDeps {
  bus: Pick<Bus, 'follow' | 'isConnected'>;
  resources: Pick<Resources, 'site' | 'cameras' | 'scenarios' | 'calendars'>;
  lifecycle: Pick<Lifecycle, 'onEvent' | 'openAlerts' | 'find'>;
  outbox: Pick<WorkerOutbox, 'put' | 'waiting'>;
}

/** The scenarios that look at more than one camera. */
export interface WideScenarios {
  /** To be called when the lifecycle has read what the bus holds. */
  start(): void;
  close(): Promise<void>;
}

const tickMs = 1000;

/** Makes them; before the lifecycle starts, so that no event passes by. */
export const createWideScenarios = (options: WideScenariosOptions): WideScenarios => {
  const { bus, clock, resources, lifecycle, outbox } = options;
  const situations = new Situations();
  const alerts = new WideAlerts({ ...options, situations, siteId: () => resources.site().id });
  const health = new CameraHealthWatch({ clock, resources, situations, alerts });
  const composite = new CompositeWatch({ clock, resources, lifecycle, situations, alerts });
  const closing = new AbortController();
  const { signal } = closing;
  let running: Promise<unknown> = Promise.resolve();
  let isStarted = false;

  // Before the bus is asked: an event on its way is then in one of the two.
  for (const { id } of resources.cameras()) for (const event of outbox.waiting(id)) situations.take(event);
  lifecycle.onEvent(({ value }, alert) => {
    situations.take(value);
    if (isStarted && alert && value.type === 'raised') composite.take(alert);
  });

  return {
    start: () => {
      isStarted = true;
      composite.begin();
      running = Promise.all([
        bus.follow({
          stream: 'HEALTH',
          from: 'lastPerSubject',
          signal,
          onMessage: ({ value }) => health.take(value),
        }),
        runEvery(clock, tickMs, signal, () => {
          health.tick(bus.isConnected);
          composite.tick();
          for (const situation of situations.orphans(resources.scenarios()))
            alerts.end(situation, clock.now());
        }),
      ]);
    },
    close: async () => {
      closing.abort();
      await running;
    },
  };
};
