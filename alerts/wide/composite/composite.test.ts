import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import type { AlertEvent, RaisedAlert } from '../../../core/schema/alert.ts';
import type { ScenarioOf } from '../../../core/schema/scenario.ts';
import { type AlertsRole, cameraAt, startAlertsRole } from '../../../test/fixtures/alerts/alerts-role.ts';
import {
  alertIdAt,
  laterEvent,
  neighbour,
  otherTownship,
  raisedAlert,
  raisedEvent,
  village,
} from '../../../test/fixtures/api/alert-events.ts';
import { ScriptedBus } from '../../../test/fixtures/api/scripted-bus.ts';

const scenario: ScenarioOf<'composite'> = {
  id: 'jam',
  kind: 'composite',
  name: '拥堵',
  places: ['4311'],
  severity: 'high',
  parts: [{ scenarios: ['crowd'] }, { scenarios: ['obstacle'] }],
  within: '5m',
};

describe('CompositeWatch', () => {
  let bus: ScriptedBus;
  let clock: SimulatedClock;
  let role: AlertsRole;
  let events: AlertEvent[];
  let serial = 0;
  let change: Partial<typeof scenario>;

  const listen = (): void => {
    events = [];
    void bus.follow({
      stream: 'ALERTS',
      from: 'all',
      signal: new AbortController().signal,
      onMessage: ({ value }) => events.push(value),
    });
  };
  beforeEach(() => {
    bus = new ScriptedBus();
    clock = new SimulatedClock();
    change = {};
    listen();
  });
  afterEach(() => role.close());

  const begin = async (): Promise<void> => {
    const cameras = [cameraAt('one'), cameraAt('two'), cameraAt('three', { place: neighbour })];
    const site = { cameras, scenarios: [{ ...scenario, ...change }] };
    role = await startAlertsRole({ bus, clock, site: () => site });
  };
  const settle = (ms = 1000): Promise<void> => clock.advance(ms);
  const alertOf = (scenarioId: string, facts: Partial<RaisedAlert> = {}): RaisedAlert => {
    const raisedAt = clock.now();
    const alertId = alertIdAt(raisedAt, ++serial);
    return raisedAlert({ alertId, raisedAt, startedAt: raisedAt, cameraId: 'one', ...facts, scenarioId });
  };
  const raise = async (scenarioId: string, facts: Partial<RaisedAlert> = {}): Promise<RaisedAlert> => {
    const alert = alertOf(scenarioId, facts);
    bus.push('ALERTS', raisedEvent(alert));
    await settle();
    return alert;
  };
  const composites = () =>
    events.flatMap((event) =>
      event.type === 'raised' && event.alert.kind === 'composite' ? [event.alert] : [],
    );

  it('alerts once when all its parts came in one village and time', async () => {
    await begin();
    const crowd = await raise('crowd');
    await settle(60_000);
    const obstacle = await raise('obstacle', { cameraId: 'two', cameraName: '桥头' });

    expect(composites()).toHaveLength(1);
    expect(composites()[0]).toMatchObject({
      cameraId: 'two',
      cameraName: '桥头',
      otherCameras: ['one'],
      place: village,
      startedAt: crowd.startedAt,
      severity: 'high',
      facts: { parts: [crowd.alertId, obstacle.alertId], cameras: 2, dwellMs: 61_000, limitDwellMs: 300_000 },
    });
  });

  it.each([
    ['too far apart in time', 301_000, village],
    ['in another village', 1000, neighbour],
  ])('does not put together what is %s', async (_, ms, place) => {
    await begin();
    await raise('crowd');
    await settle(ms);
    await raise('obstacle', { place });

    expect(composites()).toEqual([]);
  });

  it.each([
    ['camera', { cameraId: 'two' }, 0],
    ['camera', {}, 1],
    ['township', { place: neighbour }, 1],
    ['township', { place: otherTownship }, 0],
  ] as const)('takes a %s for one place', async (span, facts, expected) => {
    change = { span };
    await begin();
    await raise('crowd');
    await raise('obstacle', facts);

    expect(composites()).toHaveLength(expected);
  });

  it('keeps to the order when there is one', async () => {
    change = { isOrdered: true };
    await begin();
    await raise('obstacle');
    await raise('crowd');
    expect(composites()).toEqual([]);

    await raise('obstacle');

    expect(composites()).toHaveLength(1);
  });

  it('goes by when things began, not by when they were told', async () => {
    change = { isOrdered: true };
    await begin();
    const late = alertOf('crowd');
    await settle(1000);
    await raise('obstacle');
    bus.push('ALERTS', raisedEvent(late));
    await settle();

    expect(composites()).toHaveLength(1);
  });

  it('wants different cameras, of which one alert may name several', async () => {
    change = { parts: [{ scenarios: ['lost'], cameras: 3 }], within: '1m' };
    await begin();
    await raise('lost');
    await raise('lost');
    expect(composites()).toEqual([]);

    await raise('lost', { cameraId: 'two', otherCameras: ['four'] });

    expect(composites().map(({ facts }) => facts.cameras)).toEqual([3]);
  });

  it('lets later ones join, and alerts anew when they come later still', async () => {
    await begin();
    await raise('crowd');
    await raise('obstacle');
    await settle(120_000);
    const later = await raise('crowd', { cameraId: 'two' });
    await settle(600_000);
    await raise('crowd');
    await raise('obstacle');

    expect(composites()).toHaveLength(2);
    const [first] = composites();
    expect(role.lifecycle.find(first?.alertId ?? '')?.facts).toMatchObject({
      parts: expect.arrayContaining([later.alertId]),
      cameras: 2,
    });
  });

  it('ends when its last part has ended', async () => {
    await begin();
    const parts = [await raise('crowd'), await raise('obstacle')];
    bus.push('ALERTS', laterEvent(parts[0] ?? raisedAlert(), { type: 'ended', endedAt: clock.now() }));
    await settle(5000);
    expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);

    const endedAt = clock.now();
    bus.push('ALERTS', laterEvent(parts[1] ?? raisedAlert(), { type: 'ended', endedAt }));
    await settle(5000);

    expect(events.at(-1)).toMatchObject({ type: 'ended', alertId: composites()[0]?.alertId, endedAt });
  });

  it('does not count what turned out to be a false alarm', async () => {
    await begin();
    const crowd = await raise('crowd');
    bus.push('ALERTS', laterEvent(crowd, { type: 'transition', to: 'falseAlarm', by: 'wang' }));
    await raise('obstacle');

    expect(composites()).toEqual([]);
  });

  it('is raised once, whoever is restarted when', async () => {
    await begin();
    await raise('crowd');
    await role.close();
    await raise('obstacle');
    await begin();
    await settle();
    expect(composites()).toHaveLength(1);

    await role.close();
    await begin();
    await settle();
    await raise('crowd', { cameraId: 'two' });

    expect(composites()).toHaveLength(1);
    expect(role.lifecycle.find(composites()[0]?.alertId ?? '')?.facts.parts).toHaveLength(3);
  });

  it('has the same id whoever decides it', async () => {
    const parts = [alertOf('crowd'), alertOf('obstacle')];
    const decided: (string | undefined)[] = [];
    for (const waitMs of [0, 7000]) {
      bus = new ScriptedBus();
      listen();
      await begin();
      await settle(waitMs);
      for (const part of parts) bus.push('ALERTS', raisedEvent(part));
      await settle();
      decided.push(composites()[0]?.alertId);
      await role.close();
    }

    expect(decided[0]).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(decided[1]).toBe(decided[0]);
  });

  it('begins nothing outside its hours', async () => {
    change = { schedule: [{ days: ['tue'], from: '00:00', to: '24:00' }] };
    await begin();
    await raise('crowd');
    await raise('obstacle');

    expect(composites()).toEqual([]);
  });

  it('continues its alert within the cool-down', async () => {
    change = { coolDown: '30m', within: '1m' };
    await begin();
    for (let turn = 0; turn < 2; turn++) {
      const parts = [await raise('crowd'), await raise('obstacle')];
      for (const part of parts) {
        bus.push('ALERTS', laterEvent(part, { type: 'ended', endedAt: clock.now() }));
      }
      await settle(300_000);
    }

    expect(composites()).toHaveLength(1);
    expect(role.lifecycle.find(composites()[0]?.alertId ?? '')).toMatchObject({
      resumptions: 1,
      endedAt: expect.any(Number),
      facts: { parts: { length: 4 } },
    });
  });
});
