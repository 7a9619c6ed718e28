import { expect, test } from 'vitest';
import type { Scenario } from '../../core/schema/scenario.ts';
import {
  blockedLaneWith,
  cameraWith,
  crowdWith,
  intrusionWith,
} from '../../test/fixtures/alerts/rehearsal.ts';
import { ScriptedHistory } from '../../test/fixtures/api/scripted-history.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { LiveCamera } from '../../test/fixtures/observations/live-camera.ts';
import { ground, siteResources } from '../../test/fixtures/observations/site-resources.ts';
import { createWhatIf } from './create-what-if.ts';

const seeds = [2, 3, freshSeed()];
const minuteMs = 60_000;
/** Thousands of looks on a machine that others use, too. */
const patience = 60_000;
const scenarios: Scenario[] = [
  intrusionWith({ dwell: '5s' }),
  crowdWith({ count: 4 }),
  blockedLaneWith({ dwell: '30s' }),
];

/** Every kind that tracks decide. */
const shared = { cameras: ['gate-1'], severity: 'medium' as const, purpose: 'traffic' as const };
const zoned = { ...shared, zone: 'zone-1' };
const allKinds: Scenario[] = [
  ...scenarios,
  { ...zoned, id: 'loitering-1', name: '徘徊', kind: 'loitering', dwell: '20s' },
  {
    ...shared,
    id: 'crossing-1',
    name: '越界',
    kind: 'lineCrossing',
    line: 'edge',
    labels: ['person'],
    direction: 'both',
  },
  {
    ...{
      ...shared,
      id: 'crossing-2',
      name: '越界多',
      kind: 'lineCrossing',
      line: 'edge',
      labels: ['person', 'car'],
    },
    ...{ direction: 'forward', limit: { count: 3, within: '2m' } },
  },
  {
    ...{ id: 'wrong-1', name: '逆行', cameras: ['gate-1'], severity: 'high', zone: 'zone-1' },
    kind: 'wrongWay',
    along: 'edge',
  },
  {
    ...{ id: 'water-1', name: '涉水', cameras: ['gate-1'], severity: 'urgent', zone: 'zone-1' },
    kind: 'waterside',
  },
  {
    ...{ id: 'obstacle-1', name: '抛锚', cameras: ['gate-1'], severity: 'high', zone: 'zone-1' },
    ...{ kind: 'roadObstacle', obstacles: ['vehicle'], dwell: '40s' },
  },
];
const camera = {
  ...cameraWith(),
  lines: [{ id: 'edge', points: [[0.25, 0.5] as [number, number], [0.75, 0.5] as [number, number]] }],
};

const openLive = (seed: number, watched = scenarios, today = scenarios) => {
  const live = new LiveCamera(camera, watched, createSeededRandom(seed));
  const history = new ScriptedHistory();
  const ask = async (
    set?: Record<string, unknown>,
    change: Partial<{ from: number; scenarioId: string }> = {},
  ) => {
    await live.store(history);
    const whatIf = createWhatIf({
      history,
      resources: siteResources(camera, today),
      clock: live.clock,
    });
    const request = { from: 0, to: live.clock.now() + 1, ...(set ? { set } : {}), ...change };
    return whatIf.ask({ ...request, from: Math.max(request.from, request.to - 20 * 86_400_000) }, ground);
  };
  return { live, history, ask };
};

test.each(seeds)(
  'unchanged settings give exactly the alerts that were raised (seed %i)',
  async (seed) => {
    const { live, ask } = openLive(seed);
    live.watch(20 * minuteMs);
    await live.restart();
    live.watch(10 * minuteMs);
    live.watchUntilRaised(3);

    const report = await ask();

    const { alerts } = live;
    const told = (alert: { startedAt: number; endedAt?: number; facts: object }) => {
      const { startedAt, endedAt, facts } = alert;
      return { startedAt, endedAt, facts };
    };
    expect(alerts.length).toBeGreaterThan(2);
    expect([report.missing, report.surplus, report.gained, report.lost]).toEqual([[], [], [], []]);
    expect(report.cameras).toMatchObject([{ live: alerts.length, reproduced: alerts.length, gaps: [] }]);
    expect(report.kept.map(told)).toEqual(
      report.kept.map(({ alertId }) =>
        told(alerts.find((alert) => alert.alertId === alertId) ?? ({} as never)),
      ),
    );
  },
  patience,
);

test.each(seeds)(
  'every kind that tracks decide comes out again (seed %i)',
  async (seed) => {
    const { live, ask } = openLive(seed, allKinds, allKinds);
    live.watch(15 * minuteMs);
    await live.restart();
    live.watch(10 * minuteMs);

    const report = await ask();

    expect([report.missing, report.surplus, report.gained, report.lost]).toEqual([[], [], [], []]);
  },
  patience,
);

/** A chance walk of 25 minutes may alert to no more than two kinds; these alert to more. */
test(
  'several kinds are among those that come out again',
  async () => {
    const kinds = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const { live, ask } = openLive(seed, allKinds, allKinds);
      live.watch(25 * minuteMs);
      for (const { kind } of (await ask()).kept) kinds.add(kind);
    }

    expect(kinds.size).toBeGreaterThan(3);
  },
  patience,
);

test.each(seeds)(
  'alerts from the middle of a run on come out as they were (seed %i)',
  async (seed) => {
    const { live, ask } = openLive(seed);
    live.watch(35 * minuteMs);
    const from = live.clock.now() - 15 * minuteMs;

    for (const { id } of scenarios) {
      const report = await ask(undefined, { from, scenarioId: id });

      expect([id, report.missing, report.surplus]).toEqual([id, [], []]);
    }
  },
  patience,
);

test.each(seeds)(
  'other settings give what they would have given at the time (seed %i)',
  async (seed) => {
    const stricter = intrusionWith({ dwell: '40s' });
    const { live, ask } = openLive(seed);
    const wouldBe = openLive(seed, [stricter, ...scenarios.slice(1)]).live;
    for (const camera of [live, wouldBe]) camera.watch(20 * minuteMs);

    const report = await ask({ dwell: '40s' }, { scenarioId: 'intrusion-1' });

    const of = (camera: LiveCamera) => camera.alerts.filter(({ scenarioId }) => scenarioId === 'intrusion-1');
    const capturedAt = [
      ...report.kept.map((alert) => alert.wouldBeCapturedAt),
      ...report.gained.map((alert) => alert.capturedAt),
    ];
    expect(capturedAt.sort()).toEqual(
      of(wouldBe)
        .map((alert) => alert.capturedAt)
        .sort(),
    );
    expect(report.kept.length + report.lost.length).toBe(of(live).length);
  },
  patience,
);

test(
  'an alert that comes later with a longer dwell is kept, and one that comes no more is lost',
  async () => {
    const { live, ask } = openLive(2);
    live.watch(30 * minuteMs);

    const report = await ask({ dwell: '60s' }, { scenarioId: 'intrusion-1' });

    expect(report.lost.length).toBeGreaterThan(0);
    expect(report.kept.every((alert) => alert.wouldBeCapturedAt >= alert.capturedAt)).toBe(true);
    expect(report.lost.every(({ alertId }) => alertId !== undefined)).toBe(true);
  },
  patience,
);

test(
  'a killed worker leaves a gap that is told of, and its alerts up to then',
  async () => {
    const { live, ask } = openLive(3);
    live.watch(20 * minuteMs);
    const raised = live.alerts.length;
    await live.restart(true);
    live.watch(minuteMs);

    const report = await ask();

    expect(report.cameras[0]?.gaps).toHaveLength(1);
    expect(report.cameras[0]?.reproduced).toBeGreaterThanOrEqual(raised);
  },
  patience,
);

test(
  'alerts from before a setting was changed are not compared, and those after it come out again',
  async () => {
    const before = [intrusionWith({ dwell: '2s' }), ...scenarios.slice(1)];
    const { live, ask } = openLive(2, before);
    live.watch(15 * minuteMs);
    const earlier = live.alerts.filter(({ scenarioId }) => scenarioId === 'intrusion-1').length;
    live.change(scenarios);
    live.watch(15 * minuteMs);

    const report = await ask(undefined, { scenarioId: 'intrusion-1' });

    expect(report.cameras[0]?.otherSettings).toHaveLength(1);
    expect(report.cameras).toMatchObject([{ otherwise: earlier }]);
    expect(report.cameras[0]?.reproduced).toBe(report.cameras[0]?.live);
  },
  patience,
);

test(
  'a damaged chunk is passed over and told of',
  async () => {
    const { live, ask } = openLive(1);
    live.watch(15 * minuteMs);
    live.chunks.splice(1, 1, { ...(live.chunks[1] as (typeof live.chunks)[0]), data: 'AgICAgIC' });

    const report = await ask();

    expect(report.cameras[0]?.gaps).toHaveLength(1);
  },
  patience,
);

test.each([
  [{ dwell: 'soon' }, 'whatif-invalid'],
  [{ zone: 'nowhere' }, 'whatif-invalid'],
  [{ purpose: null }, 'whatif-invalid'],
  [{ kind: 'crowd' }, 'whatif-invalid'],
  [{ 'dwell.from': 1 }, 'whatif-invalid'],
])('refuses to set %o', async (set, code) => {
  const { ask } = openLive(1);

  await expect(ask(set, { scenarioId: 'intrusion-1' })).rejects.toMatchObject({ code });
});

test.each<[Scenario, string]>([
  [{ ...intrusionWith(), kind: 'cameraHealth' } as unknown as Scenario, 'state of cameras'],
  [{ ...blockedLaneWith(), kind: 'roadObstacle', obstacles: ['debris'] } as unknown as Scenario, 'debris'],
])('says of a scenario that cannot be run again why (%#)', async (scenario, why) => {
  const history = new ScriptedHistory();
  const whatIf = createWhatIf({
    history,
    resources: siteResources(cameraWith(), [scenario]),
    clock: { monotonic: () => 0 },
  });
  const asking = whatIf.ask({ scenarioId: scenario.id, from: 0, to: 1 }, ground);

  await expect(asking).rejects.toMatchObject({
    code: 'whatif-unsupported',
    message: expect.stringContaining(why),
  });
});

test('answers one question at a time, and gives up when it takes too long', async () => {
  let now = 0;
  const clock = { monotonic: () => (now += 1000) };
  const resources = siteResources(cameraWith(), scenarios);
  const whatIf = createWhatIf({ history: new ScriptedHistory(), resources, clock, deadlineMs: 500 });
  const first = whatIf.ask({ from: 0, to: 1 }, ground);

  await expect(whatIf.ask({ from: 0, to: 1 }, ground)).rejects.toMatchObject({ code: 'whatif-busy' });
  await expect(first).rejects.toMatchObject({ code: 'whatif-late' });
  await expect(whatIf.ask({ from: 0, to: 1 }, ground)).rejects.toMatchObject({ code: 'whatif-late' });
});
