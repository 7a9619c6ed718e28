import { expect, test, vi } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { type AlertState, alertStates } from '../../core/schema/alert.ts';
import type { DeadlineRule } from '../../core/schema/deadline.ts';
import { severities } from '../../core/schema/severity.ts';
import {
  alertIdAt,
  laterEvent,
  raisedAlert,
  raisedEvent,
  startAt,
} from '../../test/fixtures/api/alert-events.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { OpenAlerts } from './open-alerts.ts';

const opened = async (maxOpen: number, rules: readonly DeadlineRule[] = []) => {
  const bus = new ScriptedBus();
  const metrics = createMetrics();
  const settings = { id: 'caishi', name: '蔡市镇', place: '431103110', allowedNetworks: ['127.0.0.0/8'] };
  const site = { deadlines: [...rules] };
  const open = new OpenAlerts({
    ...{ bus, metrics, maxOpen, clock: new SimulatedClock(startAt), log: createLogger({ level: 'silent' }) },
    resources: { site: () => ({ ...settings, ...site }) },
  });
  open.start();
  await vi.waitFor(() => expect(open.isReady).toBe(true));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { bus, metrics, open, settle, site };
};
let serial = 0;
const newAlert = (severity: (typeof severities)[number]) => {
  const raisedAt = startAt + serial;
  return raisedAlert({ severity, raisedAt, alertId: alertIdAt(raisedAt, ++serial) });
};

test('when there are too many, what was dealt with goes first, then the least urgent, and each is counted', async () => {
  const { bus, open, settle, metrics } = await opened(2);
  const [low, high, urgent, done] = [
    newAlert('low'),
    newAlert('high'),
    newAlert('urgent'),
    newAlert('urgent'),
  ];
  bus.push('ALERTS', raisedEvent(done));
  bus.push('ALERTS', laterEvent(done, { type: 'transition', to: 'resolved', by: 'wang' }, startAt + 50));
  for (const alert of [low, high]) bus.push('ALERTS', raisedEvent(alert));
  await settle();
  expect(open.sorted().all.map(({ alert }) => alert.alertId)).toEqual([high.alertId, low.alertId]);

  bus.push('ALERTS', raisedEvent(urgent));
  await settle();

  expect(open.sorted().all.map(({ alert }) => alert.alertId)).toEqual([urgent.alertId, high.alertId]);
  expect(open.letGo).toBe(2);
  expect(await metrics.text()).toContain('xueliang_api_open_alerts_let_go_total 2');
});

test('other deadlines order what is open anew', async () => {
  const { bus, open, settle, site } = await opened(10);
  bus.push('ALERTS', raisedEvent(newAlert('high')));
  await settle();
  expect(open.sorted().all[0]?.dueAt).toBeUndefined();

  site.deadlines = [{ acknowledge: '2m' }];

  const [entry] = open.sorted().all;
  expect((entry?.dueAt ?? 0) - (entry?.alert.raisedAt ?? 0)).toBe(120_000);
});

test('whatever happens in whatever order, the list is what sorting everything anew would give', async () => {
  const seed = freshSeed();
  const { next: random } = createSeededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const { bus, open, settle } = await opened(1000, [{}, { severities: ['urgent'], acknowledge: '30s' }]);
  const raised: ReturnType<typeof newAlert>[] = [];
  const last = new Map<string, AlertState>();
  for (let step = 0; step < 600; step++) {
    if (raised.length === 0 || random() < 0.3) {
      const alert = newAlert(pick(severities));
      raised.push(alert);
      last.set(alert.alertId, 'raised');
      bus.push('ALERTS', raisedEvent(alert));
    } else {
      const alert = pick(raised);
      const to = pick(alertStates);
      if (last.get(alert.alertId) !== 'closed') last.set(alert.alertId, to);
      bus.push('ALERTS', laterEvent(alert, { type: 'transition', to, by: 'wang' }, startAt + 1000 + step));
    }
  }
  await settle();

  const entries = open.sorted().all;
  const keys = entries.map(({ orderKey }) => orderKey);
  expect(keys, `seed ${seed}`).toEqual([...keys].sort());
  const states = new Map(entries.map(({ alert }) => [alert.alertId, alert.state]));
  expect(states, `seed ${seed}`).toEqual(new Map([...last].filter(([, state]) => state !== 'closed')));
});
