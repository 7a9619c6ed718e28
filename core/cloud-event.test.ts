import { expect, test } from 'vitest';
import { raisedAlert, raisedEvent } from '../test/fixtures/api/alert-events.ts';
import { toCloudEvent, toFeedCloudEvent } from './cloud-event.ts';

test('an alert event becomes a CloudEvent with its own id, time and subject', () => {
  const event = raisedEvent(raisedAlert());

  expect(toCloudEvent(event)).toEqual({
    specversion: '1.0',
    id: event.eventId,
    source: 'urn:xueliang:camera:gate-1',
    type: 'cn.xueliang.alert.raised.v1',
    subject: `alerts.43.11.03.110.201.gate-1.${event.alertId}`,
    time: '2026-01-05T12:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: '/api/v1/schemas/alert-event.v1',
    data: event,
  });
});

test('what a feed tells has a type of its own and no schema of the whole event', () => {
  const event = raisedEvent(raisedAlert());
  const told = { schemaVersion: 1, type: 'alert.raised' };

  expect(toFeedCloudEvent(event, told)).toEqual({
    specversion: '1.0',
    id: event.eventId,
    source: 'urn:xueliang:camera:gate-1',
    type: 'cn.xueliang.feed.raised.v1',
    subject: `alerts.43.11.03.110.201.gate-1.${event.alertId}`,
    time: '2026-01-05T12:00:00.000Z',
    datacontenttype: 'application/json',
    data: told,
  });
});
