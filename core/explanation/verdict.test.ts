import { expect, test } from 'vitest';
import { exampleExplanation } from '../../test/fixtures/explanation.ts';
import type { ScenarioExplanation, WatchState } from '../schema/explanation.ts';
import type { CameraStatus } from '../schema/health.ts';
import { toVerdict, type VerdictFacts } from './verdict.ts';

const { at, status, minutes } = exampleExplanation;

const scenario = (state: WatchState): ScenarioExplanation => ({
  scenarioId: 'gate-night',
  name: '村口夜间',
  kind: 'intrusion',
  zoneId: 'gate',
  isOnDuty: state !== 'off-duty',
  state,
  missing: [],
});
const scenarios = (...states: WatchState[]) => ({ scenarios: states.map(scenario) });
const state = (of: CameraStatus['state']) => ({ status: { ...status, state: of } });
/** Minutes with so many frames looked at, boxes found and frames dropped. */
const load = (inferred: number, detections: number, shed: number) => ({
  minutes: minutes.map((minute) => ({
    ...minute,
    inferred,
    detections,
    dropped: { ...minute.dropped, shed },
  })),
});

const quiet: VerdictFacts = {
  at,
  status,
  lookedAt: at - 14_000,
  isThreadHeard: true,
  ...load(4, 0, 0),
  ...scenarios('idle'),
};

test.each<[string, Partial<VerdictFacts>, string]>([
  ['a camera that is off', state('off'), 'off'],
  ['a lost camera, whatever else', { ...state('lost'), ...scenarios('open'), isThreadHeard: false }, 'lost'],
  ['a camera that connects', state('connecting'), 'not-connected'],
  ['a camera that waits for its turn', state('waiting'), 'not-connected'],
  ['a thread that does not answer', { isThreadHeard: false }, 'thread-silent'],
  ['a camera that nothing watches', scenarios(), 'no-scenario'],
  ['an open situation beside others', scenarios('off-duty', 'building', 'open'), 'alerting'],
  ['nothing but scenarios off duty', scenarios('off-duty', 'off-duty'), 'off-duty'],
  ['one scenario off duty and one idle', scenarios('off-duty', 'idle'), 'nothing-seen'],
  ['no look for two turns', { lookedAt: at - 32_000 }, 'no-frames'],
  ['a long-live camera never looked at', { lookedAt: undefined as never }, 'no-frames'],
  [
    'a camera that went live just now',
    { lookedAt: undefined as never, status: { ...status, since: at - 3000 } },
    'nothing-seen',
  ],
  ['more frames shed than looked at', load(4, 0, 5), 'overloaded'],
  ['some frames shed', load(4, 0, 4), 'nothing-seen'],
  ['a known vehicle', scenarios('suppressed', 'building'), 'suppressed'],
  ['somebody in the zone', scenarios('building', 'idle'), 'building'],
  ['a covered lens', { status: { ...status, picture: { condition: 'covered', since: at } } }, 'bad-picture'],
  [
    'somebody seen all the same',
    { status: { ...status, picture: { condition: 'moved', since: at } }, ...scenarios('building') },
    'building',
  ],
  ['detections outside all zones', load(4, 1, 0), 'nothing-in-zone'],
  ['empty pictures', {}, 'nothing-seen'],
  ['no minute at all', { minutes: [] }, 'nothing-seen'],
])('judges %s', (_, change, verdict) => {
  expect(toVerdict({ ...quiet, ...change })).toBe(verdict);
});

test('lets a jam of ten minutes ago rest', () => {
  const jammed = load(0, 0, 500).minutes.map((minute) => ({ ...minute, from: minute.from - 600_000 }));

  expect(toVerdict({ ...quiet, minutes: [...jammed, ...quiet.minutes] })).toBe('nothing-seen');
});
