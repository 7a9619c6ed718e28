import { expect, test } from 'vitest';
import { scoreScenarios } from './score-scenarios.ts';

const truth = (scenarioId: string, startedMs: number, dueMs?: number) => ({
  scenarioId,
  startedMs,
  endedMs: startedMs + 5000,
  ...(dueMs === undefined ? {} : { dueMs }),
});
const alert = (scenarioId: string, startedMs: number, raisedMs = startedMs) => ({
  scenarioId,
  startedMs,
  endedMs: startedMs + 5000,
  raisedMs,
});

test('scores each scenario by itself and all of them together', () => {
  const truths = [truth('a', 0), truth('a', 20_000), truth('b', 0)];
  const alerts = [alert('a', 0), alert('a', 60_000), alert('b', 0), alert('b', 2000)];

  const { scenarios, total } = scoreScenarios(['a', 'b'], truths, alerts, 1000);

  expect(scenarios).toMatchObject([
    { scenarioId: 'a', found: 1, missed: 1, falseAlerts: 1, precision: 0.5, recall: 0.5, f1: 0.5 },
    { scenarioId: 'b', found: 1, missed: 0, repeats: 1, precision: 1, recall: 1, alertsPerSituation: 2 },
  ]);
  expect(total).toMatchObject({ situations: 3, alerts: 4, found: 2, missed: 1, repeats: 1, falseAlerts: 1 });
});

test('never takes an alert of another scenario for a situation', () => {
  const { total } = scoreScenarios(['a', 'b'], [truth('a', 0)], [alert('b', 0)], 1000);

  expect(total).toMatchObject({ found: 0, missed: 1, falseAlerts: 1, precision: 0, recall: 0, f1: 0 });
});

test('counts the delay from when an alert was due, else from the beginning', () => {
  const truths = [truth('a', 0, 2000), truth('a', 20_000)];
  const alerts = [alert('a', 0, 2200), alert('a', 20_000, 21_000)];

  const { total } = scoreScenarios(['a'], truths, alerts, 1000);

  expect(total).toMatchObject({ delayMeanMs: 600, delayMaxMs: 1000 });
});

test('divides by nothing where nothing went on and nothing was said', () => {
  const { total } = scoreScenarios(['a'], [], [], 1000);

  expect(total).toMatchObject({
    precision: null,
    recall: null,
    f1: null,
    delayMeanMs: null,
    delayMaxMs: null,
  });
});
