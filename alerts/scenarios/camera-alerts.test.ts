import { expect, it } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { cameraWith, intrusionWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { CameraAlerts } from './camera-alerts.ts';
import type { Scene } from './scene.ts';

const sceneAt = (now: number): Scene => ({
  ...{ now, gapMs: 100, isBroken: false, isSettling: false, tracks: [] },
  frame: {
    ...{ cameraId: 'gate-1', capturedAt: 5000 + now, receivedAt: 5000 + now, ptsUs: now * 1000 },
    ...{ clockQuality: 'rtcp', tracks: [] },
  },
});

const openAlerts = (change: Parameters<typeof intrusionWith>[0] = {}) => {
  const said: AlertEvent[] = [];
  const alerts = new CameraAlerts({
    ...{ modelLabels: ['person'], normals: { of: () => undefined } },
    ...{ siteId: 'caishi', modelId: 'scripted', idSource: () => '01HZZZZZZZZZZZZZZZZZ000000' },
    ...{ clock: new SimulatedClock(), log: createLogger({ level: 'silent' }), metrics: createMetrics() },
    output: {
      onCrossing: () => undefined,
      onStandingWatch: () => undefined,
      onEvent: (event) => said.push(event),
      onEvidenceWanted: () => undefined,
      onKeepAwake: () => undefined,
    },
  });
  return { said, alerts, alerting: alerts.of(cameraWith(), intrusionWith(change), {}) };
};

it('tells what begins again and is over in the same look', () => {
  const { said, alerts, alerting } = openAlerts();
  for (const now of [0, 30_000, 50_000, 95_000]) {
    const scene = sceneAt(now);
    alerts.settle(scene);
    const facts = { dwellMs: 0, limitDwellMs: 0 };
    const situation = alerting.raise({ startedAt: 5000 + now, facts, tracks: [] }, scene);
    if (situation) alerting.end(situation);
    alerts.review('gate-1', scene);
  }

  expect(said.map(({ eventId }) => eventId.slice(27))).toEqual([
    'raised',
    'ended',
    'resumed.1',
    'ended.1',
    'resumed.2',
    'ended.2',
  ]);
});

it('regression: what stood there from the start is still told so by a worker that took over', () => {
  const { said, alerts, alerting } = openAlerts();
  const facts = { dwellMs: 10_000, limitDwellMs: 10_000, stoodAtStart: true };
  const situation = alerting.raise({ startedAt: 5000, facts, tracks: [] }, sceneAt(0));
  if (!situation) throw new TypeError('nothing was raised');

  // A place that is held again after a restart knows no track from the start.
  alerting.update({ ...situation }, { ...facts, dwellMs: 90_000, stoodAtStart: false });
  situation.heldUntil = Number.MAX_SAFE_INTEGER;
  alerts.review('gate-1', sceneAt(120_000));

  expect(said.at(-1)).toMatchObject({ type: 'updated', facts: { dwellMs: 90_000, stoodAtStart: true } });
});

it('keeps nothing of an alert whose scenario has each beginning told, so that no later setting continues it', () => {
  const { said, alerts, alerting } = openAlerts({ coolDown: '0s' });
  const facts = { dwellMs: 0, limitDwellMs: 0 };
  const first = alerting.raise({ startedAt: 5000, facts, tracks: [] }, sceneAt(0));
  if (!first) throw new TypeError('nothing was raised');
  alerting.end(first);

  const later = alerts.of(cameraWith(), intrusionWith({ coolDown: '1m' }), {});
  later.raise({ startedAt: 15_000, facts, tracks: [] }, sceneAt(10_000));

  expect(said.map(({ type }) => type)).toEqual(['raised', 'ended', 'raised']);
});
