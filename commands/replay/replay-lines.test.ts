import { expect, test } from 'vitest';
import type { ScenarioExplanation } from '../../core/schema/explanation.ts';
import { FindingChanges, roundLine } from './replay-lines.ts';

const explained = (state: ScenarioExplanation['state']): ScenarioExplanation => ({
  scenarioId: 'gate-night',
  name: '村口夜间',
  kind: 'intrusion',
  zoneId: 'gate',
  isOnDuty: true,
  state,
  missing: [],
});

test('rounds scores to two decimals and all else to three, however deep', () => {
  const line = {
    at: 1767585600000,
    objects: [{ score: 0.98765, box: { x: 0.123456, w: 1 / 3 } }],
    bestScore: 0.555,
  };

  expect(roundLine(line)).toEqual({
    at: 1767585600000,
    objects: [{ score: 0.99, box: { x: 0.123, w: 0.333 } }],
    bestScore: 0.56,
  });
});

test('tells a scenario only when its state has changed', () => {
  const changes = new FindingChanges();
  const states = ['idle', 'building', 'building', 'open', 'idle'] as const;

  const told = states.flatMap((state) => changes.take([explained(state)]).map((change) => change.state));

  expect(told).toEqual(['building', 'open', 'idle']);
});
