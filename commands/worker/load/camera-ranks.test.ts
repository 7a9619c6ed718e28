import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../core/schema/scenario.ts';
import { blockedLaneWith, cameraWith, intrusionWith } from '../../../test/fixtures/alerts/rehearsal.ts';
import { CameraRanks } from './camera-ranks.ts';

/** 20:00 and 23:30 in Shanghai on a Monday. */
const evening = Date.UTC(2026, 0, 5, 12);
const night = Date.UTC(2026, 0, 5, 15, 30);
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const ranksOf = (scenarios: Scenario[]) =>
  new CameraRanks({
    site: () => ({ id: 's', name: 's', place: '431103110', allowedNetworks: ['10.0.0.0/8'] }),
    scenarios: () => scenarios,
    calendars: () => [],
    cameras: () =>
      ['gate-1', 'gate-2', 'pond', 'gate', 'road', 'yard'].map((id) => ({ ...cameraWith(), id })),
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

  test('puts those cameras first on which most depends, and leaves equals as they were', () => {
    const ranks = ranksOf([
      intrusionWith({ id: 'a', cameras: ['pond'], severity: 'urgent' }),
      intrusionWith({ id: 'b', cameras: ['gate', 'road'], severity: 'low' }),
    ]);

    expect(ranks.sorted(['yard', 'road', 'gate', 'pond'], evening)).toEqual(['pond', 'road', 'gate', 'yard']);
  });
});
