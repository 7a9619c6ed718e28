import { expect, it } from 'vitest';
import { laterEvent, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { AlertLines } from './alert-lines.ts';

const alert = raisedAlert();
const resumed = laterEvent(alert, { type: 'resumed', capturedAt: 1, facts: alert.facts });

it('names an alert when it is raised and says briefly that it continues', () => {
  const lines = new AlertLines(() => '邓家铺村');

  expect(lines.of(raisedEvent(alert))).toMatch(/高 high {2}区域入侵 intrusion {2}邓家铺村 村口/);
  expect(lines.of(resumed)).toMatch(/仍在继续 continues {2}区域入侵 intrusion {2}邓家铺村 村口/);
  expect(lines.of(laterEvent(alert, { type: 'ended', endedAt: 1 }))).toBeUndefined();
});

it('says of an alert from before it listened that it continues, by its id', () => {
  expect(new AlertLines(() => '邓家铺村').of(resumed)).toContain(alert.alertId);
});
