import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import type { AlertEvent } from '../../../core/schema/alert.ts';
import type { Camera } from '../../../core/schema/camera.ts';
import type { ScenarioOf } from '../../../core/schema/scenario.ts';
import type { Site } from '../../../core/schema/site.ts';
import { type AlertsRole, cameraAt, startAlertsRole } from '../../../test/fixtures/alerts/alerts-role.ts';
import { WatchedTown } from '../../../test/fixtures/alerts/watched-town.ts';
import { neighbour } from '../../../test/fixtures/api/alert-events.ts';
import { ScriptedBus } from '../../../test/fixtures/api/scripted-bus.ts';

const scenario: ScenarioOf<'cameraHealth'> = {
  id: 'health',
  kind: 'cameraHealth',
  name: '视频质量',
  places: ['431103110'],
  severity: 'medium',
};
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `camera-${index + 1}`);

describe('CameraHealthWatch', () => {
  let bus: ScriptedBus;
  let clock: SimulatedClock;
  let site: Partial<Site>;
  let town: WatchedTown;
  let role: AlertsRole;
  let events: AlertEvent[];

  beforeEach(() => {
    bus = new ScriptedBus();
    clock = new SimulatedClock();
    events = [];
    void bus.follow({
      stream: 'ALERTS',
      from: 'all',
      signal: new AbortController().signal,
      onMessage: ({ value }) => events.push(value),
    });
  });
  afterEach(() => role.close());

  const begin = async (cameras: Camera[], change: Partial<typeof scenario> = {}): Promise<void> => {
    site = { cameras, scenarios: [{ ...scenario, ...change }] };
    town = new WatchedTown(bus, clock, cameras);
    role = await startAlertsRole({ bus, clock, site: () => site });
    await town.pass(20_000);
  };
  const restart = async (): Promise<void> => {
    await role.close();
    role = await startAlertsRole({ bus, clock, site: () => site });
  };
  const raised = () => events.flatMap((event) => (event.type === 'raised' ? [event.alert] : []));
  const typesOf = (alertId: string | undefined) =>
    events.filter((event) => event.alertId === alertId).map(({ type }) => type);

  it('alerts to a camera that has been lost for as long as it may, and ends when it is back', async () => {
    await begin([cameraAt('camera-1')]);
    town.say(['camera-1'], { state: 'lost', cause: 'unreachable' });
    await town.pass(55_000);
    expect(raised()).toEqual([]);

    await town.pass(10_000);
    const [alert] = raised();
    town.say(['camera-1'], { state: 'live' });
    await town.pass(15_000);

    expect(alert).toMatchObject({
      cameraId: 'camera-1',
      kind: 'cameraHealth',
      facts: { condition: 'offline', limitDwellMs: 60_000 },
      objects: [],
    });
    expect(typesOf(alert?.alertId)).toEqual(['raised', 'mediaMissing', 'mediaMissing', 'ended']);
  });

  it.each(['frozen', 'dark', 'covered', 'blurred', 'moved'] as const)(
    'alerts to a picture that is %s',
    async (condition) => {
      await begin([cameraAt('camera-1')]);
      town.say(['camera-1'], { state: 'live', picture: { condition, since: clock.now() } });
      await town.pass(65_000);

      expect(raised().map(({ facts }) => facts.condition)).toEqual([condition]);
    },
  );

  it('leaves alone what is not asked about', async () => {
    await begin(
      ids(2).map((id) => cameraAt(id)),
      { conditions: ['covered'] },
    );
    town.say(['camera-1'], { state: 'lost' });
    town.say(['camera-2'], { picture: { condition: 'dark', since: clock.now() } });
    await town.pass(120_000);

    expect(raised()).toEqual([]);
  });

  it('does not alert to a camera that comes and goes', async () => {
    await begin([cameraAt('camera-1')]);
    for (let turn = 0; turn < 5; turn++) {
      town.say(['camera-1'], { state: 'lost' });
      await town.pass(40_000);
      town.say(['camera-1'], { state: 'live' });
      await town.pass(10_000);
    }

    expect(raised()).toEqual([]);
  });

  it('alerts once to many cameras of one village that fail one after the other', async () => {
    await begin([...ids(6).map((id) => cameraAt(id)), cameraAt('elsewhere', { place: neighbour })]);
    for (const id of ids(5)) {
      town.say([id], { state: 'lost' });
      await town.pass(10_000);
    }
    await town.pass(120_000);

    expect(raised()).toHaveLength(1);
    expect(raised()[0]).toMatchObject({ cameraId: 'camera-1', facts: { limitCameras: 6 } });
    expect(role.lifecycle.find(raised()[0]?.alertId ?? '')?.facts).toMatchObject({ cameras: 5 });
  });

  it('takes cameras of one installation together, in whatever village of the town they stand', async () => {
    const atWorks = { installation: 'water-works' };
    await begin([
      cameraAt('camera-1', atWorks),
      cameraAt('camera-2', { ...atWorks, place: neighbour }),
      cameraAt('camera-3', atWorks),
      cameraAt('camera-4'),
    ]);
    town.say(ids(4), { state: 'lost' });
    await town.pass(70_000);

    expect(raised().map(({ place, facts }) => [place, facts.cameras])).toEqual([
      ['431103110', 3],
      ['431103110201', undefined],
    ]);
  });

  it('lets later ones join, and ends when all are back', async () => {
    await begin(ids(6).map((id) => cameraAt(id)));
    town.say(ids(3), { state: 'lost' });
    await town.pass(70_000);
    town.say(ids(5), { state: 'lost' });
    await town.pass(70_000);
    const [alert] = raised();
    town.say(ids(4), { state: 'live' });
    await town.pass(30_000);
    expect(typesOf(alert?.alertId)).not.toContain('ended');

    town.say(ids(5), { state: 'live' });
    await town.pass(15_000);

    expect(raised()).toHaveLength(1);
    expect(role.lifecycle.find(alert?.alertId ?? '')?.facts).toMatchObject({ cameras: 5, limitCameras: 6 });
    expect(typesOf(alert?.alertId)).toEqual(['raised', 'mediaMissing', 'mediaMissing', 'updated', 'ended']);
  });

  it('alerts to each when fewer than that many stay lost', async () => {
    await begin(ids(6).map((id) => cameraAt(id)));
    town.say(ids(2), { state: 'lost' });
    await town.pass(20_000);
    town.say(['camera-3'], { state: 'lost' });
    await town.pass(45_000);
    expect(raised()).toEqual([]);

    town.say(['camera-3'], { state: 'live' });
    await town.pass(10_000);

    expect(raised().map(({ cameraId }) => cameraId)).toEqual(['camera-1', 'camera-2']);
  });

  it('is one alert when nobody speaks of any camera any more', async () => {
    const villages = ['431103110201', '431103110202', '431103110203', '431103110204'];
    await begin(ids(126).map((id, index) => cameraAt(id, { place: villages[index % 4] ?? '' })));
    await town.pass(150_000);
    town.say(ids(126), undefined);
    await town.pass(120_000);
    town.say(ids(126), { state: 'live' });
    await town.pass(15_000);

    expect(raised().map(({ place, facts }) => [place, facts.cameras, facts.limitCameras])).toEqual([
      ['431103110', 126, 126],
    ]);
    expect(typesOf(raised()[0]?.alertId)).toContain('ended');
  });

  it('makes nothing of silence while the bus is away, or while workers start', async () => {
    await begin(ids(5).map((id) => cameraAt(id)));
    town.say(ids(5), undefined);
    await town.pass(60_000);
    bus.isConnected = false;
    await town.pass(600_000);
    bus.isConnected = true;
    await town.pass(20_000);

    expect(raised()).toEqual([]);
  });

  it('neither raises again nor loses when the role is restarted', async () => {
    await begin(ids(8).map((id) => cameraAt(id, id === 'camera-8' ? { place: neighbour } : {})));
    town.say([...ids(4), 'camera-8'], { state: 'lost' });
    await town.pass(70_000);
    expect(raised()).toHaveLength(2);

    await restart();
    await town.pass(200_000);
    town.say([...ids(4), 'camera-8'], { state: 'live' });
    await restart();
    await town.pass(60_000);

    expect(raised()).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'ended')).toHaveLength(2);
  });

  it('counts no camera that nobody may look through, nor one for which there is no room', async () => {
    const yard = cameraAt('camera-1');
    await begin([
      { ...yard, register: { ...yard.register, category: 'householdExterior' } },
      cameraAt('camera-2'),
    ]);
    town.say(['camera-1'], undefined);
    town.say(['camera-2'], { state: 'waiting', cause: 'no-capacity' });
    await town.pass(600_000);

    expect(raised()).toEqual([]);
  });

  it('ends nothing of many while it is unknown how one of them stands', async () => {
    await begin(ids(4).map((id) => cameraAt(id)));
    town.say(ids(3), { state: 'lost' });
    await town.pass(70_000);
    const [alert] = raised();
    town.say(ids(3), { state: 'waiting', cause: 'no-capacity' });
    town.say(['camera-4'], { state: 'waiting', cause: 'no-capacity' });
    await town.pass(60_000);
    const before = typesOf(alert?.alertId);
    town.say(ids(3), { state: 'live' });
    await town.pass(30_000);

    expect(before).not.toContain('ended');
    expect(typesOf(alert?.alertId)).toContain('ended');
  });

  it('begins nothing outside its hours, and ends what began within them', async () => {
    // 20:00 in Shanghai.
    await begin(
      ids(2).map((id) => cameraAt(id)),
      {
        schedule: [{ days: ['mon'], from: '20:00', to: '20:05' }],
      },
    );
    town.say(['camera-1'], { state: 'lost' });
    await town.pass(300_000);
    town.say(['camera-2'], { state: 'lost' });
    town.say(['camera-1'], { state: 'live' });
    await town.pass(300_000);

    expect(raised().map(({ cameraId }) => cameraId)).toEqual(['camera-1']);
    expect(typesOf(raised()[0]?.alertId)).toContain('ended');
  });

  it.each([
    ['within the usual cool-down as one alert', {}, 1],
    ['as another alert without a cool-down', { coolDown: '0s' }, 2],
  ])('counts what begins again %s', async (_, change, count) => {
    await begin([cameraAt('camera-1')], change);
    for (let turn = 0; turn < 2; turn++) {
      town.say(['camera-1'], { state: 'lost' });
      await town.pass(70_000);
      town.say(['camera-1'], { state: 'live' });
      await town.pass(300_000);
    }

    expect(raised()).toHaveLength(count);
  });

  it('regression: goes on at most sixteen times in its first hour, and twelve in every other', async () => {
    await begin([cameraAt('camera-1')]);
    const resumed: number[] = [];
    for (let hour = 0; hour < 2; hour++) {
      for (let turn = 0; turn < 36; turn++) {
        town.say(['camera-1'], { state: 'lost' });
        await town.pass(70_000);
        town.say(['camera-1'], { state: 'live' });
        await town.pass(30_000);
      }
      resumed.push(events.filter(({ type }) => type === 'resumed').length);
    }

    const [first = 0, both = 0] = resumed;
    expect(first).toBeGreaterThan(10);
    expect(first).toBeLessThanOrEqual(16);
    expect(both - first).toBeLessThanOrEqual(12);
    expect(raised()).toHaveLength(1);
  });

  it('goes on when the least time between two has passed, though its cool-down is shorter', async () => {
    await begin([cameraAt('camera-1')], { coolDown: '1m' });
    for (let turn = 0; turn < 20; turn++) {
      town.say(['camera-1'], { state: 'lost' });
      await town.pass(70_000);
      town.say(['camera-1'], { state: 'live' });
      await town.pass(30_000);
    }
    town.say(['camera-1'], { state: 'lost' });
    await town.pass(400_000);

    expect(raised()).toHaveLength(1);
    expect(role.lifecycle.openAlerts()[0]?.endedAt).toBeUndefined();
  });

  it('tells anew what has begun again for the sixty-first time', async () => {
    await begin([cameraAt('camera-1')]);
    for (let turn = 0; turn < 190; turn++) {
      town.say(['camera-1'], { state: 'lost' });
      await town.pass(70_000);
      town.say(['camera-1'], { state: 'live' });
      await town.pass(30_000);
    }

    expect(raised()).toHaveLength(2);
  });

  it('goes on with the same alert when it begins again within the cool-down', async () => {
    await begin([cameraAt('camera-1')], { coolDown: '10m' });
    for (let turn = 0; turn < 3; turn++) {
      town.say(['camera-1'], { state: 'lost' });
      await town.pass(70_000);
      town.say(['camera-1'], { state: 'live' });
      await town.pass(30_000);
    }

    expect(raised()).toHaveLength(1);
    expect(role.lifecycle.openAlerts()[0]).toMatchObject({ resumptions: 2, endedAt: expect.any(Number) });
  });

  it('says so when something else is wrong with it now', async () => {
    await begin([cameraAt('camera-1')]);
    town.say(['camera-1'], { state: 'lost' });
    await town.pass(70_000);
    town.say(['camera-1'], { picture: { condition: 'moved', since: clock.now() } });
    await town.pass(30_000);

    expect(raised()).toHaveLength(1);
    expect(role.lifecycle.openAlerts()[0]?.facts).toMatchObject({ condition: 'moved' });
  });

  it('ends with its scenario', async () => {
    await begin([cameraAt('camera-1')]);
    town.say(['camera-1'], { state: 'lost' });
    await town.pass(70_000);
    site = { ...site, scenarios: [{ ...scenario, id: 'another' }] };
    await town.pass(5000);

    expect(typesOf(raised()[0]?.alertId)).toContain('ended');
    expect(raised().map(({ scenarioId }) => scenarioId)).toEqual(['health', 'another']);
  });

  it('ends with the camera', async () => {
    await begin([cameraAt('camera-1')]);
    town.say(['camera-1'], { state: 'lost' });
    await town.pass(70_000);
    site = { ...site, cameras: [] };
    await town.pass(5000);

    expect(typesOf(raised()[0]?.alertId)).toContain('ended');
  });
});
