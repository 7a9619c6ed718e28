import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FollowFrom } from '../../core/bus/bus.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics, type Metrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AlertEvent, AlertState } from '../../core/schema/alert.ts';
import { alertIdOf, raisedOf } from '../../test/fixtures/alerts/numbered-events.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { createLifecycle, type Lifecycle, type LifecycleOptions } from './lifecycle.ts';

const stepOf = (number: number, to: AlertState): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${alertIdOf(number)}.${to}`,
  type: 'transition',
  alertId: alertIdOf(number),
  cameraId: 'gate-1',
  place: '431103110201',
  at: 1,
  to,
  by: 'wang',
});

describe('createLifecycle', () => {
  let bus: ScriptedBus;
  let clock: SimulatedClock;
  let metrics: Metrics;
  let lifecycle: Lifecycle | undefined;

  beforeEach(() => {
    bus = new ScriptedBus();
    clock = new SimulatedClock();
    metrics = createMetrics();
  });
  afterEach(() => lifecycle?.close());

  const create = (change: Partial<LifecycleOptions> = {}): Lifecycle => {
    lifecycle = createLifecycle({ bus, clock, log: createLogger({ level: 'silent' }), metrics, ...change });
    return lifecycle;
  };
  const push = (...events: AlertEvent[]): void => {
    for (const event of events) bus.push('ALERTS', event);
  };

  it('knows every alert that is not closed when it has started', async () => {
    push(raisedOf(1), raisedOf(2), stepOf(1, 'acknowledged'), stepOf(2, 'closed'));
    const service = create();
    await service.start();

    expect(service.openAlerts().map(({ alertId, state }) => [alertId, state])).toEqual([
      [alertIdOf(1), 'acknowledged'],
    ]);
    expect(service.find(alertIdOf(1))?.lastSequence).toBe(3);
    expect(service.find(alertIdOf(2))).toBeUndefined();
  });

  it('tells listeners of every event, and of the alert as long as it is kept in mind', async () => {
    push(raisedOf(1), stepOf(1, 'closed'), stepOf(1, 'reviewed'));
    const service = create();
    const heard: [string, string | undefined][] = [];
    service.onEvent(({ value }, alert) => heard.push([value.type, alert?.state]));
    await service.start();

    expect(heard).toEqual([
      ['raised', 'raised'],
      ['transition', 'closed'],
      ['transition', undefined],
    ]);
  });

  it('follows what happens later', async () => {
    const service = create();
    await service.start();
    push(raisedOf(1));
    await vi.waitFor(() => expect(service.openAlerts()).toHaveLength(1));

    push(stepOf(1, 'closed'));

    await vi.waitFor(() => expect(service.openAlerts()).toEqual([]));
  });

  it('shows how many alerts are open by state and severity', async () => {
    push(raisedOf(1, { severity: 'urgent' }), raisedOf(2), raisedOf(3), stepOf(3, 'dispatched'));
    await create().start();
    expect(await metrics.text()).toContain('xueliang_alerts_open{state="raised",severity="urgent"} 1');
    expect(await metrics.text()).toContain('xueliang_alerts_open{state="dispatched",severity="high"} 1');
    expect(await metrics.text()).toContain('xueliang_alerts_last_sequence 4');

    push(stepOf(3, 'closed'));
    await clock.advance(5000);

    expect(await metrics.text()).toContain('xueliang_alerts_open{state="dispatched",severity="high"} 0');
  });

  it('lets the oldest go when there are too many, and counts it', async () => {
    push(raisedOf(1), raisedOf(2), raisedOf(3), stepOf(1, 'acknowledged'));
    const service = create({ maxOpen: 2 });
    await service.start();

    expect(service.openAlerts().map(({ alertId }) => alertId)).toEqual([alertIdOf(2), alertIdOf(3)]);
    expect(await metrics.text()).toContain('xueliang_alerts_lifecycle_let_go_total 1');
  });

  it('goes on where it was when following fails', async () => {
    push(raisedOf(1));
    const cut = new AbortController();
    const asked: FollowFrom[] = [];
    const follow: LifecycleOptions['bus']['follow'] = async (options) => {
      asked.push(options.from);
      if (asked.length === 2) throw new Error('the bus is away');
      const signal = asked.length === 1 ? AbortSignal.any([options.signal, cut.signal]) : options.signal;
      await bus.follow({ ...options, signal });
    };
    const service = create({ bus: { follow } });
    await service.start();
    cut.abort();
    push(raisedOf(2));

    await vi.waitFor(async () => {
      await clock.advance(15_000);
      expect(service.openAlerts()).toHaveLength(2);
    });
    expect(asked).toEqual(['all', { sequence: 2 }, { sequence: 2 }]);
  });

  it('does not start when it cannot read to the end in time', async () => {
    const onlyWait: LifecycleOptions['bus']['follow'] = async ({ signal }) => {
      await once(signal, 'abort');
    };
    const service = create({ bus: { follow: onlyWait }, catchUpMs: 1000 });
    const starting = expect(service.start()).rejects.toMatchObject({
      code: 'lifecycle-behind',
      kind: 'timeout',
    });
    await clock.advance(1000);

    await starting;
  });

  it('closes more than once and leaves nothing running', async () => {
    const service = create();
    await service.start();
    await Promise.all([service.close(), service.close()]);

    expect(clock.sleeping).toBe(0);
    expect(bus.following.get('ALERTS')).toBe(0);
  });
});
