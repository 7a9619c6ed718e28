import { connectBus } from '../core/bus/connect-bus.ts';
import { busError } from '../core/bus/errors.ts';
import { parseDuration } from '../core/config/quantity.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import { findBusAddress } from './bus-address.ts';
import { type Command, textOption } from './command.ts';
import { drawReconciliation } from './reconcile/draw-reconciliation.ts';

/** What was raised a moment ago is on its way. */
const settleMs = 2 * 60_000;

export const reconcileCommand: Command = {
  summary: 'compare outboxes, bus, history and subscribers; exit code 1 when an alert is missing',
  options: new Map([
    ['since', { type: 'string', placeholder: '1h', help: 'how far back, at most 23h (default 1h)' }],
  ]),
  maxPositionals: 0,
  run: async ({ values, environment, log, print }) => {
    const since = textOption(values, 'since') ?? '1h';
    if (!/^\d+(s|m|h)$/.test(since))
      throw runtimeError('usage-invalid', `--since is '${since}'; write 1h or 30m`);
    const now = Math.floor(systemClock.now());
    const span = { from: now - settleMs - parseDuration(since), to: now - settleMs };
    const deps = { clock: systemClock, log, metrics: createMetrics() };
    const bus = await connectBus({ ...(await findBusAddress(environment)), name: 'xueliang-cli', ...deps });
    try {
      const found = await bus.askReconcile(span);
      if (!found) throw busError('bus-unavailable', 'no API answers: start it, for it owns the history');
      print(found, drawReconciliation(found).join('\n'));
      return found.isEqual ? 0 : 1;
    } finally {
      await bus.close();
    }
  },
};
