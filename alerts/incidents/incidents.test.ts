import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import {
  alertIdAt,
  messagesOf,
  raisedAlert,
  raisedEvent,
  startAt,
} from '../../test/fixtures/api/alert-events.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { TestResources } from '../../test/fixtures/api/test-api.ts';
import { alertsError } from '../errors.ts';
import { createIncidents, type Incidents } from './incidents.ts';

const alertAt = (at: number) =>
  raisedAlert({ alertId: alertIdAt(at), raisedAt: at, startedAt: at, capturedAt: at });
const [first, second] = [alertAt(startAt), alertAt(startAt + 60_000)];
const expected = [`${first.alertId}.joined.${first.alertId}`, `${second.alertId}.joined.${first.alertId}`];

describe('createIncidents', () => {
  const running: Incidents[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((incidents) => incidents.close()));
  });

  const create = (bus = new ScriptedBus(), clock = new SimulatedClock(startAt + 120_000)) => {
    const deps = { clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
    const incidents = createIncidents({ bus, resources: new TestResources(), ...deps });
    running.push(incidents);
    for (const message of messagesOf([raisedEvent(first), raisedEvent(second)])) incidents.take(message);
    return { incidents, bus, clock };
  };
  const saidOn = async (bus: ScriptedBus) =>
    (await bus.alertEventsOf('gate-1')).map(({ value }) => value.eventId);

  it('says on the bus what belongs together, once it may', async () => {
    const { incidents, bus } = create();
    expect(await saidOn(bus)).toEqual([]);
    incidents.start();

    await vi.waitFor(async () => expect(await saidOn(bus)).toEqual(expected));
  });

  it('tries again what the bus did not take', async () => {
    const bus = new ScriptedBus();
    const append = bus.appendAlertEvent.bind(bus);
    let refusals = 2;
    bus.appendAlertEvent = async (event) => {
      if (refusals-- > 0) throw alertsError('lifecycle-behind', 'away');
      return append(event);
    };
    const { incidents, clock } = create(bus);
    incidents.start();

    await vi.waitFor(async () => {
      await clock.advance(15_000);
      expect(await saidOn(bus)).toEqual(expected);
    });
  });

  it('passes over what the bus refuses for good', async () => {
    const bus = new ScriptedBus();
    const append = bus.appendAlertEvent.bind(bus);
    bus.appendAlertEvent = async (event) => {
      if (event.alertId === first.alertId) throw alertsError('outbox-event-id', 'no');
      return append(event);
    };
    create(bus).incidents.start();

    await vi.waitFor(async () => expect(await saidOn(bus)).toEqual(expected.slice(1)));
  });

  it('says nothing of what is long past', async () => {
    const { incidents, bus, clock } = create(new ScriptedBus(), new SimulatedClock(startAt + 7_200_000));
    incidents.start();
    await clock.advance(1000);

    expect(await saidOn(bus)).toEqual([]);
  });
});
