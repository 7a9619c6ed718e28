import { expect, it } from 'vitest';
import { toFalseAlarmRows } from './false-alarm-rows.ts';

const item = (scenarioId: string, cameraId: string, judged: number, falseAlarms: number) => ({
  ...{ scenarioId, cameraId, raised: judged + 1, judged, falseAlarms },
  reasons: falseAlarms === 0 ? [] : [{ reason: 'animal', count: falseAlarms }],
});

it('pairs are added up by scenario or by camera, the most false alarms first', () => {
  const items = [item('night', 'gate', 4, 1), item('night', 'lane', 6, 4), item('crowd', 'gate', 9, 0)];

  expect(toFalseAlarmRows(items, ({ scenarioId }) => scenarioId)).toEqual([
    { key: 'night', raised: 12, judged: 10, falseAlarms: 5, reasons: [{ reason: 'animal', count: 5 }] },
    { key: 'crowd', raised: 10, judged: 9, falseAlarms: 0, reasons: [] },
  ]);
  expect(toFalseAlarmRows(items, ({ cameraId }) => cameraId).map(({ key }) => key)).toEqual(['lane', 'gate']);
});
