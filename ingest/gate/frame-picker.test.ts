import { describe, expect, test } from 'vitest';
import type { Degradation } from '../../core/schema/health.ts';
import { FramePicker, type Pick } from './frame-picker.ts';
import { TierPolicy } from './tier-policy.ts';

const sourceFps = 25;

interface Played {
  awakeFps?: number;
  isAwake?: boolean;
  degraded?: Degradation;
  seconds?: number;
}

/** How many of the frames of some seconds at 25 a second go which way. */
const play = ({ awakeFps = 5, isAwake = true, degraded, seconds = 30 }: Played): Record<Pick, number> => {
  const policy = new TierPolicy(awakeFps);
  const picker = new FramePicker(policy);
  const counts = { taken: 0, shed: 0, passed: 0 };
  for (let index = 0; index < seconds * sourceFps; index++) {
    const now = (index * 1000) / sourceFps;
    if (isAwake) policy.changed(now);
    policy.degrade(now, degraded);
    counts[picker.pick(now * 1000, now)]++;
  }
  return counts;
};

describe('FramePicker', () => {
  test.each<[string, Played, Partial<Record<Pick, number>>]>([
    ['an awake camera', {}, { taken: 150, shed: 0 }],
    ['an awake camera on one frame a second', { degraded: 'slow' }, { taken: 30, shed: 120 }],
    ['one whose rate is no multiple of that', { degraded: 'slow', awakeFps: 2.5 }, { taken: 30, shed: 45 }],
    ['an awake camera shed to dormant', { degraded: 'dormant' }, { taken: 2, shed: 148 }],
    ['an awake camera that gives the detector nothing', { degraded: 'unwatched' }, { taken: 0, shed: 150 }],
    ['a dormant camera', { isAwake: false }, { taken: 2, shed: 0 }],
    ['a dormant camera shed to dormant', { isAwake: false, degraded: 'dormant' }, { taken: 2, shed: 0 }],
    ['a dormant camera that gives nothing', { isAwake: false, degraded: 'unwatched' }, { taken: 0, shed: 2 }],
  ])('takes or counts every wanted frame of %s', (_, played, counts) => {
    expect(play(played)).toMatchObject(counts);
  });

  test('counts of the packets that are not decoded as many as were wanted', () => {
    const policy = new TierPolicy(5);
    const picker = new FramePicker(policy);
    policy.keepAwake(0, 60_000, 5);
    policy.degrade(0, 'dormant');

    const reasons = Array.from({ length: 50 }, (_, index) => picker.reasonOf(index * 40_000, index * 40));

    expect(reasons.filter((reason) => reason === 'shed')).toHaveLength(10);
  });

  test.each<[string, Degradation | undefined]>([
    ['as it should be', undefined],
    ['slowly', 'slow'],
    ['not at all', 'unwatched'],
  ])('says before a frame is decoded whether it will be wanted, of a camera looked at %s', (_, degraded) => {
    const policy = new TierPolicy(3);
    const picker = new FramePicker(policy);
    for (let index = 0; index < 1000; index++) {
      const now = index * 40;
      if (index % 400 < 200) policy.keepAwake(now, 500, 1 + (index % 7));
      policy.degrade(now, degraded);

      const isDue = picker.isDue(now * 1000, now);

      expect(picker.pick(now * 1000, now) !== 'passed', `frame ${index}`).toBe(isDue);
    }
  });

  test('calls a packet quiet that nobody wanted', () => {
    expect(new FramePicker(new TierPolicy(5)).reasonOf(0, 0)).toBe('quiet');
  });
});
