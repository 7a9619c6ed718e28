import { expect, test } from 'vitest';
import { blockedLaneWith, cameraWith, intrusionWith } from '../../test/fixtures/alerts/rehearsal.ts';
import type { Scenario } from '../schema/scenario.ts';
import { decideAlike, printSettings } from './settings-print.ts';

const printOf = (scenario: Scenario, camera = cameraWith()): string =>
  printSettings({ camera, scenarios: [scenario], calendars: [], timezone: 'Asia/Shanghai' })[0]?.print ?? '';

test('a fingerprint does not depend on the order of keys', () => {
  const turned = Object.fromEntries(Object.entries(intrusionWith()).reverse()) as unknown as Scenario;

  expect(printOf(turned)).toBe(printOf(intrusionWith()));
});

test.each<[string, Scenario, boolean]>([
  ['a dwell', intrusionWith({ dwell: '6s' }), false],
  ['labels', intrusionWith({ labels: ['person', 'car'] }), false],
  ['a name', intrusionWith({ name: '门口有人' }), true],
  ['a severity', intrusionWith({ severity: 'low' }), true],
])('%s makes another fingerprint, and whether the same is decided is known', (_, changed, isAlike) => {
  const [before, after] = [printOf(intrusionWith()), printOf(changed)];

  expect(after).not.toBe(before);
  expect(decideAlike(before, after)).toBe(isAlike);
});

test('a mask or another outline decides otherwise', () => {
  const [zone] = cameraWith().zones ?? [];
  const masked = { ...cameraWith(), masks: [{ id: 'm', polygon: zone?.polygon ?? [] }] };

  expect(decideAlike(printOf(intrusionWith()), printOf(intrusionWith(), masked as never))).toBe(false);
});

test('scenarios that do not watch the camera have none', () => {
  const settings = { camera: cameraWith(), calendars: [], timezone: 'Asia/Shanghai' };
  const scenarios = [blockedLaneWith({ zone: 'nowhere' }), intrusionWith({ cameras: ['other'] })];

  expect(printSettings({ ...settings, scenarios })).toEqual([]);
});
