import { expect, test } from 'vitest';
import type { AlertFacts } from '../../core/schema/alert.ts';
import { raisedAlert } from '../../test/fixtures/api/alert-events.ts';
import { toAlertLine } from './alert-words.ts';

const limits = { dwellMs: 61_000, limitDwellMs: 60_000 };

test.each<[AlertFacts, string]>([
  [{ ...limits, condition: 'dark' }, '画面过暗 dark for 61 s (limit 60 s)'],
  [
    { ...limits, condition: 'offline', cameras: 5, limitCameras: 12 },
    '离线 offline 5/12 路 cameras for 61 s',
  ],
  [{ ...limits, parts: ['a', 'b'], cameras: 2 }, '2 条预警 alerts, 2 路 cameras, within 61 s (limit 60 s)'],
  [{ ...limits, label: 'person' }, '人 person for 61 s (limit 60 s)'],
])('says what %o means', (facts, expected) => {
  expect(toAlertLine(raisedAlert({ facts }), '邓家铺村')).toContain(expected);
});
