import { expect, test } from 'vitest';
import { exampleExplanation } from '../../test/fixtures/explanation.ts';
import { type Missing, suppressions, verdictCauses } from '../schema/explanation.ts';
import { cameraCauses } from '../schema/health.ts';
import { labels } from '../schema/label.ts';
import { pictureConditions } from '../schema/scenario.ts';
import { languages, wordsOf } from './words.ts';

const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 16);
const { status } = exampleExplanation;

test.each<[Missing, string, string]>([
  [{ what: 'frames' }, 'no frame was looked at lately', '最近没有看过一帧'],
  [{ what: 'schedule', nextAt: 72_000_000 }, 'off duty until 20:00', '不在值守时间，20:00 起值守'],
  [{ what: 'schedule' }, 'off duty', '不在值守时间'],
  [{ what: 'nobody', labels: ['person'] }, 'no person in the zone', '区域内没有人'],
  [
    { what: 'nobody', labels: ['car', 'bus', 'truck'] },
    'no car, bus or lorry in the zone',
    '区域内没有轿车、客车、货车',
  ],
  [{ what: 'novelty' }, 'nothing lies there that was not there before', '路面没有新增的静止物体'],
  [{ what: 'standstill', label: 'car' }, 'car is there and does not stand still', '有轿车，但没有停住'],
  [{ what: 'count', have: 2, need: 3 }, '2 of 3 persons', '2 人，需 3 人'],
  [{ what: 'dwell', haveMs: 14_000, needMs: 60_000 }, 'dwell 14 s of 60 s', '停留 14 秒，需 60 秒'],
  [
    { what: 'dwell', haveMs: 1200, needMs: 2000, label: 'person' },
    'person, dwell 1.2 s of 2 s',
    '人停留 1.2 秒，需 2 秒',
  ],
  [
    { what: 'distance', have: 0.03, need: 0.15, label: 'car' },
    'car went 0.03 of 0.15 against the lane',
    '轿车逆向行驶 0.03，需 0.15（画面高度）',
  ],
  [
    { what: 'roaming', have: 5.2, limit: 4, label: 'person' },
    'person is 5.2 of its heights from where it was; at most 4',
    '人离原处 5.2 个身高，不得超过 4',
  ],
  [{ what: 'crossings', have: 2, need: 5 }, '2 of 5 crossings', '越界 2 次，需 5 次'],
  [{ what: 'attended', label: 'truck' }, 'somebody is beside the lorry', '货车旁有人'],
  [
    { what: 'suppressed', why: 'situation-open', by: '01KE76X8G0ZVNPVT4F41N4E9VW' },
    'suppressed: its alert is open (01KE76X8G0ZVNPVT4F41N4E9VW)',
    '已抑制：预警未结束（01KE76X8G0ZVNPVT4F41N4E9VW）',
  ],
])('says what is missing in both languages: %j', (missing, en, zh) => {
  expect([wordsOf('en').missing(missing, timeOfDay), wordsOf('zh').missing(missing, timeOfDay)]).toEqual([
    en,
    zh,
  ]);
});

test('says why a camera gives no picture, with the sentence that says what to do', () => {
  const message = 'the camera refuses user or password; correct them';
  const lost = { ...status, state: 'lost' as const, cause: 'unauthorised' as const, message };

  expect(wordsOf('en').verdict('lost', lost)).toBe(`No picture: ${message}.`);
  expect(wordsOf('zh').verdict('lost', lost)).toBe(`没有画面：用户名或密码错误（${message}）。`);
  expect(wordsOf('en').verdict('lost', { ...status, state: 'lost' })).toBe('No picture.');
});

test('says what is wrong with a picture', () => {
  const covered = { ...status, picture: { condition: 'covered' as const, since: status.since } };

  expect(wordsOf('en').verdict('bad-picture', covered)).toBe(
    'The picture shows too little: the lens is covered. See to the camera.',
  );
  expect(wordsOf('zh').verdict('bad-picture', covered)).toBe(
    '画面质量差，看不清现场：镜头遮挡。请检修摄像机。',
  );
});

test.each(languages)('has a word for everything in %s, each of its own', (language) => {
  const words = wordsOf(language);
  const verdicts = verdictCauses.map((cause) => words.verdict(cause, status));
  const causes = cameraCauses.map((cause) => words.verdict('lost', { ...status, cause }));
  const reasons = suppressions.map((why) => words.missing({ what: 'suppressed', why }, timeOfDay));

  const conditions = pictureConditions.map((condition) => words.conditions[condition]);

  for (const said of [verdicts, causes, reasons, conditions, labels.map((label) => words.labels[label])]) {
    expect(said.every((text) => text !== '' && !text.includes('undefined'))).toBe(true);
    expect(new Set(said).size).toBe(said.length);
  }
});
