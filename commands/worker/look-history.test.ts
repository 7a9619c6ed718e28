import { expect, test } from 'vitest';
import type { Detection } from '../../core/schema/detection.ts';
import type { Track } from '../../core/stages.ts';
import { parked } from '../../test/fixtures/alerts/rehearsal.ts';
import { LookHistory } from './look-history.ts';

const minute = 60_000;
const box = { x: 0.4, y: 0.4, w: 0.1, h: 0.3 };
const detection = (score: number): Detection => ({ label: 'person', score, box });
const track = (change: Partial<Track>): Track => ({
  ...parked(0),
  ...{ trackId: 't', label: 'person', score: 0.9, startedAt: 0, seenAt: 0, hits: 1, stillMs: 0.4 },
  ...{ isConfirmed: true, isSeenNow: true, stoodAtStart: false, speed: 0 },
  ...change,
});

const open = () => {
  let now = 10 * minute;
  const history = new LookHistory(() => now, 0.4);
  return {
    history,
    later: (ms: number) => {
      now += ms;
    },
  };
};

test('counts looks, boxes, cost and drops by the minute', () => {
  const { history, later } = open();
  history.looked(1, [detection(0.5), detection(0.9), detection(0.1)], [], 20);
  history.looked(2, [], [], 22);
  history.dropped('detector-busy');
  later(minute);
  history.dropped('behind');

  expect(history.record().minutes).toMatchObject([
    {
      from: 10 * minute,
      counts: { inferred: 2, detections: 2, costMs: 42, dropped: { 'detector-busy': 1 } },
    },
    { from: 11 * minute, counts: { inferred: 0, dropped: { behind: 1, 'detector-busy': 0 } } },
  ]);
});

test('remembers the surest of the last detections, also long after', () => {
  const { history, later } = open();
  history.looked(1000.6, [detection(0.5), detection(0.9)], [], 20);
  history.looked(2000, [detection(0.5), detection(0.7)], [], 20);
  later(60 * minute);
  history.looked(3000, [detection(0.2)], [], 20);

  expect(history.record().last).toMatchObject({
    lookedAt: 70 * minute,
    lastDetection: { score: 0.7, at: 2000, box },
  });
});

test.each<[string, Track[], Partial<Track>]>([
  ['the one seen last', [track({ seenAt: 5, label: 'car' }), track({ seenAt: 9 })], { seenAt: 9 }],
  [
    'the believed one of two',
    [track({ isConfirmed: false, label: 'dog' }), track({ label: 'car' })],
    { label: 'car' },
  ],
  ['the older one of two', [track({ startedAt: 7 }), track({ startedAt: 3 })], { startedAt: 3, stillMs: 0 }],
])('remembers of several tracks %s', (_, tracks, expected) => {
  const { history } = open();
  history.looked(1, [], tracks, 20);
  history.looked(2, [], [], 20);

  expect(history.record().last.lastTrack).toMatchObject(expected);
});

test('has nothing to tell before the first frame', () => {
  expect(open().history.record()).toEqual({ last: {}, minutes: [], since: 10 * minute });
});
