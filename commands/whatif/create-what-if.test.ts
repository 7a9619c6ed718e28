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

const seeds = [1, 2, 3, 4, 5, 6, freshSeed(), freshSeed()];
const hourMs = 3_600_000;
const scenarios: Scenario[] = [
  intrusionWith({ dwell: '5s' }),
  crowdWith({ count: 4 }),
  blockedLaneWith({ dwell: '30s' }),
];

const openLive = (seed: number, watched = scenarios) => {
  const live = new LiveCamera(cameraWith(), watched, createSeededRandom(seed));
  const history = new ScriptedHistory();
  const ask = async (
    set?: Record<string, unknown>,
    change: Partial<{ from: number; scenarioId: string }> = {},
  ) => {
    await live.store(history);
    const whatIf = createWhatIf({
      history,
      resources: siteResources(cameraWith(), scenarios),
      clock: live.clock,
    });
    const request = { from: 0, to: live.clock.now() + 1, ...(set ? { set } : {}), ...change };
    return whatIf.ask({ ...request, from: Math.max(request.from, request.to - 20 * 86_400_000) }, ground);
  };
  return { live, history, ask };
};

test.each(seeds)('unchanged settings give exactly the alerts that were raised (seed %i)', async (seed) => {
  const { live, ask } = openLive(seed);
  live.watch(hourMs);
  await live.restart();
  live.watch(hourMs / 2);

  const report = await ask();

  const { alerts } = live;
  expect(alerts.length).toBeGreaterThan(5);
  expect([report.missing, report.surplus, report.gained, report.lost]).toEqual([[], [], [], []]);
  expect(report.cameras).toMatchObject([{ live: alerts.length, reproduced: alerts.length, gaps: [] }]);
  expect(report.kept.map(({ startedAt, facts }) => ({ startedAt, facts }))).toEqual(
    report.kept.map(({ alertId }) => {
      const alert = alerts.find((other) => other.alertId === alertId);
      return { startedAt: alert?.startedAt, facts: alert?.facts };
    }),
  );
});

test.each(seeds)('alerts from the middle of a run on come out as they were (seed %i)', async (seed) => {
  const { live, ask } = openLive(seed);
  live.watch(2 * hourMs);
  const from = live.clock.now() - hourMs;

  for (const { id } of scenarios) {
    const report = await ask(undefined, { from, scenarioId: id });

    expect([id, report.missing, report.surplus]).toEqual([id, [], []]);
  }
});
