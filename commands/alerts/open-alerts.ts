import path from 'node:path';
import {
  AnswerCalls,
  createActions,
  createFeeds,
  createIncidents,
  createLifecycle,
  createWideScenarios,
  openOutbox,
  readJournals,
} from '../../alerts/index.ts';
import { takeAnswerCalls } from '../../core/bus/answer-calls.ts';
import { openDeadLetterStore } from '../../core/bus/dead-letters.ts';
import { forgetFeed, knownFeeds, openFeedConsumer } from '../../core/bus/feed-consumer.ts';
import { answerFeeds } from '../../core/bus/feeds.ts';
import { alertsAlarmShare } from '../../core/bus/streams.ts';
import { groundFilter } from '../../core/bus/subjects.ts';
import type { Environment } from '../../core/config/environment.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import { loadSecrets } from '../../core/config/secrets.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import { createJumpGuard } from '../../core/runtime/jump-guard.ts';
import type { RoleContext, RunningRole } from '../role.ts';
import { openSiteEvidence } from '../site-evidence.ts';

const enforceEveryMs = 10_000;
const usageEveryMs = 30_000;
const hourMs = 3_600_000;
const drainMs = 8000;

/** The alerts role: the lifecycle of every alert, what belongs together, wide scenarios, actions, and the keeping of evidence within quota and retention. */
export const openAlerts = async (context: RoleContext, environment: Environment): Promise<RunningRole> => {
  const { bus, resources, clock, log, metrics, signal } = context;
  const deps = { clock, log, metrics };
  const outboxesFolder = path.join(environment.dataFolder, 'outbox');
  const outbox = await openOutbox({
    folder: path.join(outboxesFolder, 'alerts'),
    bus,
    ...deps,
  });
  bus.answerOutboxes((span) => readJournals(outboxesFolder, span));
  const lifecycle = createLifecycle({ bus, ...deps });
  const wide = createWideScenarios({ bus, resources, lifecycle, outbox, ...deps });
  const secrets = await loadSecrets(environment.secretsFile, {}); // cameras' are the workers' business
  const actions = createActions({ bus, resources, lifecycle, outbox, secrets, ...deps });
  const incidents = createIncidents({ bus, resources, ...deps });
  lifecycle.onEvent((message) => incidents.take(message));
  await lifecycle.start();
  incidents.start();
  wide.start();
  actions.start();
  const feeds = await openFeeds(context, secrets);
  const answers = new AnswerCalls({ resources, secrets, ...deps });
  const forgetCalls = takeAnswerCalls({ nats: bus.nats, log }, (call) => answers.take(call));
  const evidence = await openSiteEvidence(context, environment);
  const isTimeTrusted = createJumpGuard({ clock, maxJumpMs: hourMs, holdMs: hourMs });
  const keeping = runEvery(clock, enforceEveryMs, signal, async () => {
    if (!isTimeTrusted()) {
      log.error(
        { service: 'evidence' },
        'the clock jumped by more than an hour: nothing is deleted by age until it has stayed for one',
      );
      return;
    }
    await evidence.enforce().catch((error: unknown) => {
      log.error({ service: 'evidence', err: error }, 'evidence could not be kept within its bounds');
    });
  });
  const watching = runEvery(clock, usageEveryMs, signal, () => watchAlertStream(context));
  return {
    facts: () => ({ outboxPending: outbox.pending }),
    close: async () => {
      forgetCalls();
      await Promise.all([wide.close(), actions.close(), feeds.close(), answers.close()]);
      await Promise.all([keeping, watching]);
      await evidence.close();
      await incidents.close();
      await lifecycle.close();
      await outbox.drain(AbortSignal.timeout(drainMs));
      await outbox.close();
    },
  };
};

/** What other systems are told, from the stream alone. */
const openFeeds = async (context: RoleContext, secrets: Secrets) => {
  const { bus, resources, clock, log, metrics } = context;
  const deps = { clock, log, metrics };
  const { nats } = bus;
  const feeds = createFeeds({
    ...{ resources, secrets, ...deps },
    letters: await openDeadLetterStore(nats),
    openConsumer: ({ ground, ...consumer }) =>
      openFeedConsumer({ nats, ...deps, ...consumer, filter: groundFilter('alerts', ground) }),
    knownFeeds: () => knownFeeds(nats),
    forgetFeed: (id) => forgetFeed(nats, id),
  });
  const forgetAnswers = answerFeeds({ nats, log }, feeds);
  resources.onChange(() => void feeds.follow());
  await feeds.follow();
  return {
    close: async (): Promise<void> => {
      forgetAnswers();
      await feeds.close();
    },
  };
};

/** A full stream of alerts refuses new ones, so it is an alarm long before it is full. */
const watchAlertStream = async ({ bus, log, metrics }: RoleContext): Promise<void> => {
  const usage = await bus.streamUsage('ALERTS').catch(() => undefined); // the bus is away: other gauges say so
  if (!usage) return;
  const share = usage.bytes / usage.maxBytes;
  metrics.gauge('xueliang_bus_alerts_used_ratio', 'How full the bus stream of alerts is, 0 to 1', share);
  if (share < alertsAlarmShare) return;
  log.error(
    { service: 'bus', ...usage },
    'the bus stream of alerts is filling up: raise site.bus.quota or free disk space',
  );
};
