import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../core/schema/scenario.ts';
import { blockedLaneWith, intrusionWith } from '../../../test/fixtures/alerts/rehearsal.ts';
import { CameraRanks, compareRanks } from './camera-ranks.ts';
import type { Rank } from './shed-order.ts';

/** 20:00 and 23:30 in Shanghai on a Monday. */
const evening = Date.UTC(2026, 0, 5, 12);
const night = Date.UTC(2026, 0, 5, 15, 30);
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const ranksOf = (scenarios: Scenario[]) =>
  new CameraRanks({
    site: () => ({ id: 's', name: 's', place: '431103110', allowedNetworks: ['10.0.0.0/8'] }),
    scenarios: () => scenarios,
  });

describe('CameraRanks', () => {
  test('is the highest severity of a camera’s scenarios', () => {
    const ranks = ranksOf([blockedLaneWith({ severity: 'low' }), intrusionWith({ severity: 'urgent' })]);

    expect([ranks.of('gate-1', evening), ranks.of('gate-2', evening)]).toEqual(['urgent', 'none']);
  });

  test('counts a scenario only while it is on duty', () => {
    const schedule = [{ days: [...weekdays], from: '22:00', to: '06:00' }];
    const ranks = ranksOf([blockedLaneWith({ severity: 'low' }), intrusionWith({ schedule })]);

    expect([ranks.of('gate-1', evening), ranks.of('gate-1', night)]).toEqual(['low', 'high']);
  });

  test('follows the configuration', () => {
    const scenarios: Scenario[] = [];
    const ranks = ranksOf(scenarios);
    scenarios.push(intrusionWith());
    ranks.reload();

    expect(ranks.of('gate-1', evening)).toBe('high');
  });

  test('puts those first on which most depends', () => {
    const shuffled: Rank[] = ['low', 'none', 'urgent', 'medium', 'high'];

    expect(shuffled.sort(compareRanks)).toEqual(['urgent', 'high', 'medium', 'low', 'none']);
  });
});
