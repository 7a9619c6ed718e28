import { describe, expect, it } from 'vitest';
import type { CameraStatus, RoleStatus } from '../../../core/schema/health.ts';
import { toActivity } from './activity.ts';

const second = 1000;
const status = (at: number, tier: CameraStatus['tier'], quiet: number) =>
  ({
    at,
    tier,
    state: 'live',
    streamFps: 25,
    detectFps: tier === 'awake' ? 3 : 0,
    gopSeconds: 2,
    decoded: 2 * quiet,
    dropped: { quiet, behind: 0, shed: 0, 'detector-busy': 0 },
  }) as CameraStatus;
const span = { from: 10 * second, to: 15 * second };

const activityOf = (...statuses: CameraStatus[]) =>
  toActivity({ statuses: new Map([['cam-001', statuses]]), roles: [] }, span, 1.5);

describe('toActivity', () => {
  it('gives rates over what was said within the span', () => {
    const activity = activityOf(
      status(9 * second, 'awake', 0),
      status(11 * second, 'dormant', 100),
      status(12 * second, 'dormant', 124),
      status(13 * second, 'awake', 148),
      status(14 * second, 'dormant', 172),
      status(16 * second, 'awake', 999),
    );

    expect(activity).toMatchObject({ live: 1, awakeShare: 0.25, awakeFps: 3, degradedShare: 0 });
    expect(activity.perSecond).toEqual({
      runs: 1.5,
      packets: 25,
      decoded: 48,
      dormantKeyframes: 0.375,
      dropped: { quiet: 24, behind: 0, shed: 0, 'detector-busy': 0 },
    });
  });

  it('tells how many were looked at less closely', () => {
    const degraded = {
      ...status(11 * second, 'awake', 0),
      degraded: { to: 'slow', since: 0 },
    } as CameraStatus;

    expect(activityOf(degraded, status(12 * second, 'awake', 0)).degradedShare).toBe(0.5);
  });

  it('makes nothing of cameras that said nothing', () => {
    expect(activityOf().perSecond).toMatchObject({ packets: 0, dormantKeyframes: 0 });
  });

  it("takes the delays of the worker's main thread", () => {
    const roles = [3, 20, 7].map((eventLoopDelayP99Ms, index) => ({
      role: 'worker',
      at: (11 + index) * second,
      eventLoopDelayP99Ms,
      modelId: 'yolox-nano-416',
    })) as RoleStatus[];

    const activity = toActivity({ statuses: new Map(), roles }, span, 0);

    expect(activity).toMatchObject({ loopDelaysP99Ms: [3, 20, 7], modelId: 'yolox-nano-416' });
  });
});
