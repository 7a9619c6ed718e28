import { describe, expect, it } from 'vitest';
import { reelsOf } from '../footage/reels.ts';
import { townViews } from '../footage/views.ts';
import type { Situation, Watched } from '../reference/watch-reel.ts';
import type { Sighting, TimedAlert } from '../sides/ours/sightings.ts';
import { isRaisedIn, matchSightings } from './match-sightings.ts';

const reels = townViews.slice(0, 1).flatMap(reelsOf);
const reelId = reels[1]?.id ?? '';
const situation: Situation = {
  scenarioId: 'lawn',
  startedMs: 1000,
  fulfilledMs: 3000,
  capturedMs: 3200,
  endedMs: 5000,
};
const alert: TimedAlert = { scenarioId: 'lawn', startedMs: 2000, capturedMs: 4000, storedMs: 4100 };

const match = (sighting: Partial<Sighting>, situations: readonly Situation[] = [situation]) => {
  const watched: Watched = { reelId, situations, falseAlerts: 0, watchedSeconds: 20 };
  const sightings = [{ cameraId: 'cam-001', reelId, alerts: [], tiers: [], ...sighting }];
  return matchSightings(sightings, new Map([[reelId, watched]]), reels);
};

describe('matchSightings', () => {
  it('measures an alert from the moment at which the condition was fulfilled', () => {
    const { encounters, extraAlerts } = match({ alerts: [alert] });

    expect(encounters).toMatchObject([{ alert, latencyMs: 1100, heldMs: 2000 }]);
    expect(extraAlerts).toEqual([]);
  });

  it('calls a situation without its alert missed, and an alert without a situation extra', () => {
    expect(match({}).encounters).toMatchObject([{ alert: undefined, latencyMs: undefined }]);
    expect(match({ alerts: [alert] }, []).extraAlerts).toEqual([{ reelId, alert }]);
    expect(match({ alerts: [{ ...alert, scenarioId: 'road' }] }).extraAlerts).toHaveLength(1);
  });

  it('tells an alert that the reference raises with another first picture from one that it never raises', () => {
    const none = new Map<string, Watched>();
    const phase = new Map([
      [reelId, { reelId, situations: [situation], falseAlerts: 0, watchedSeconds: 20 }],
    ]);

    expect(isRaisedIn([none, phase], { reelId, alert })).toBe(true);
    expect(isRaisedIn([none, phase], { reelId, alert: { ...alert, scenarioId: 'road' } })).toBe(false);
    expect(isRaisedIn([none], { reelId, alert })).toBe(false);
  });

  it('lets an alert stand for one situation only', () => {
    const { encounters } = match({ alerts: [alert] }, [situation, { ...situation, capturedMs: 4500 }]);

    expect(encounters.map((encounter) => encounter.alert !== undefined)).toEqual([true, false]);
  });

  it.each([
    [
      [
        { atMs: 900, isAwake: false },
        { atMs: 1900, isAwake: true },
      ],
      true,
    ],
    [[{ atMs: 900, isAwake: true }], false],
    [[], true],
  ])('goes by the last word before a situation began whether the camera was dormant', (tiers, expected) => {
    expect(match({ tiers }).encounters[0]?.beganDormant).toBe(expected);
  });
});
