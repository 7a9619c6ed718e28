import type { Bus } from '../../core/bus/bus.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import type { Resources } from '../../core/resources.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import type { Action, Escalate } from '../../core/schema/action.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { StageDeps } from '../../core/stages.ts';
import { Deadlines } from '../deadlines/deadlines.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { WorkerOutbox } from '../outbox/outbox.ts';
import { Escalations } from './escalations.ts';
import { Ledger } from './ledger.ts';
import type { PostDeps } from './post.ts';
import { SpokenCommands } from './spoken-commands.ts';
import { TalkDowns } from './talk-down.ts';
import { WebhookCalls } from './webhook-calls.ts';

export interface ActionsOptions extends StageDeps, PostDeps {
  bus: Pick<Bus, 'answerLoudspeakers'>;
  resources: Pick<Resources, 'site' | 'cameras' | 'scenarios' | 'loudspeakers' | 'webhooks' | 'calendars'>;
  lifecycle: Pick<Lifecycle, 'onEvent' | 'openAlerts' | 'find'>;
  outbox: Pick<WorkerOutbox, 'put' | 'waiting'>;
  secrets: Pick<Secrets, 'service'>;
}

/** What happens when an alert is raised, besides publishing it. */
export interface Actions {
  /** To be called when the lifecycle has read what the bus holds: takes up what an earlier run left undone. */
  start(): void;
  close(): Promise<void>;
}

/** What should have been done longer ago than this is let be: it may be an action that did not exist yet. */
const leftUndoneMs = 2 * 3_600_000;
const tickMs = 1000;

/** Makes them; before the lifecycle starts, so that no event passes by. */
export const createActions = (options: ActionsOptions): Actions => {
  const { bus, clock, resources, lifecycle, outbox } = options;
  const ledger = new Ledger(options);
  const talkDowns = new TalkDowns({ ...options, ledger });
  const webhooks = new WebhookCalls({ ...options, ledger });
  const escalations = new Escalations({ clock, lifecycle, ledger });
  const deadlines = new Deadlines({ ...options, ledger });
  const commands = new SpokenCommands({ ...options, ledger });
  const closing = new AbortController();
  let ticking: Promise<void> = Promise.resolve();
  let isStarted = false;
  let forgetCommands = (): void => undefined;

  const act = (alert: Alert, missedBefore: number): void => {
    const actions = resources.scenarios().find(({ id }) => id === alert.scenarioId)?.actions ?? [];
    if (alert.raisedAt >= missedBefore) {
      for (const action of actions) {
        // The law of the site file says so too; an alert of an earlier file shall not speak all the same.
        if (action.do === 'talkDown' && alert.kind === 'waterside') talkDowns.speak(alert, action);
        else if (action.do === 'webhook') webhooks.call(alert, action);
      }
    }
    escalations.expect(alert, actions.filter(isEscalate), missedBefore);
  };

  // Before the bus is asked: an event on its way is then in one of the two.
  for (const { id } of resources.cameras()) {
    for (const event of outbox.waiting(id)) ledger.takeWaiting(event);
  }
  lifecycle.onEvent(({ value }, alert) => {
    ledger.take(value);
    if (alert) deadlines.take(alert);
    if (isStarted && alert && value.type === 'raised') act(alert, clock.now() - leftUndoneMs);
  });

  return {
    start: () => {
      isStarted = true;
      forgetCommands = bus.answerLoudspeakers((command) => commands.take(command));
      for (const alert of lifecycle.openAlerts()) act(alert, clock.now() - leftUndoneMs);
      ticking = runEvery(clock, tickMs, closing.signal, () => {
        escalations.tick();
        deadlines.tick(clock.now() - leftUndoneMs);
      });
    },
    close: async () => {
      forgetCommands();
      closing.abort();
      await Promise.all([ticking, commands.close(), talkDowns.close(), webhooks.close()]);
    },
  };
};

const isEscalate = (action: Action): action is Escalate => action.do === 'escalate';
