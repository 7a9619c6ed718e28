import { expect, test } from 'vitest';
import {
  alertSubject,
  cameraAlertsFilter,
  countSubject,
  groundFilter,
  placeTokens,
  trackSubject,
} from './subjects.ts';

test.each([
  ['4311', '43.11'],
  ['431103', '43.11.03'],
  ['431103110', '43.11.03.110'],
  ['431103110201', '43.11.03.110.201'],
])('cuts the division code %s into the levels %s', (code, tokens) => {
  expect(placeTokens(code)).toBe(tokens);
});

test('gives every alert a subject of its own below its place', () => {
  const alert = { place: '431103110201', cameraId: 'gate-1', alertId: '01ARZ3NDEKTSV4RRFFQ69G0000' };

  expect(alertSubject(alert)).toBe('alerts.43.11.03.110.201.gate-1.01ARZ3NDEKTSV4RRFFQ69G0000');
  expect(cameraAlertsFilter(alert.cameraId)).toBe('alerts.*.*.*.*.*.gate-1.*');
});

test('keeps the number of levels for a camera of the township itself', () => {
  expect(trackSubject({ place: '431103110' })).toBe('tracks.43.11.03.110.chunk');
  expect(countSubject({ place: '431103110', cameraId: 'gate-1' })).toBe('counts.43.11.03.110.000.gate-1');
});

test('covers a township’s ground and no neighbour’s', () => {
  expect(groundFilter('alerts', '431103110')).toBe('alerts.43.11.03.110.>');
});
