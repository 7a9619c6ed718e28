import { describe, expect, it } from 'vitest';
import type { RaisedAlert } from '../../../core/schema/alert.ts';
import { townViews } from '../../footage/views.ts';
import { createTown } from '../../town.ts';
import { toSeen } from './sightings.ts';

const town = createTown({ views: townViews.slice(0, 1), cameras: 1, busyEverySeconds: 60 });
const [camera] = town.cameras;
const cameraId = camera?.id ?? '';
const [busy] = town.plans[0]?.parts ?? [];
const busyMs = (busy?.frames ?? 0) * 40;
const firstAt = 1_000_000;
/** When the round begins again, with its first busy reel. */
const roundFrames = (town.plans[0]?.parts ?? []).reduce((sum, { frames }) => sum + frames, 0);
const busyAt = firstAt + (roundFrames - (town.plans[0]?.offsetFrames ?? 0)) * 40;

const alertAt = (capturedAt: number) => ({
  storedAt: capturedAt + 80,
  alert: { cameraId, scenarioId: 'lawn', startedAt: capturedAt - 2000, capturedAt } as RaisedAlert,
});
const see = (...alerts: ReturnType<typeof alertAt>[]) =>
  toSeen(
    town,
    { [cameraId]: firstAt },
    { alerts, statuses: new Map() },
    { from: busyAt - 20_000, to: busyAt + busyMs + 5000 },
  );

describe('toSeen', () => {
  it("puts an alert on its reel's own time", () => {
    const { sightings, strayAlerts } = see(alertAt(busyAt + 3000));

    expect(sightings).toMatchObject([
      { cameraId, reelId: busy?.reelId, alerts: [{ startedMs: 1000, capturedMs: 3000, storedMs: 3080 }] },
    ]);
    expect(strayAlerts).toEqual([]);
  });

  it('calls an alert stray when nothing is in view', () => {
    const { sightings, strayAlerts } = see(alertAt(busyAt - 10_000));

    expect(sightings[0]?.alerts).toEqual([]);
    expect(strayAlerts).toMatchObject([{ cameraId, capturedAt: busyAt - 10_000 }]);
  });
});
