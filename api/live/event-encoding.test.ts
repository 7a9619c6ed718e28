import { expect, test } from 'vitest';
import { raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { serverSentEvents, socketMessages } from './event-encoding.ts';

const event = raisedEvent();

test('server-sent events carry the event itself, or its CloudEvent, under the same number', () => {
  const dataOf = (frame: string): unknown => JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? '');
  const [plain, enveloped] = (['plain', 'cloudevents'] as const).map((format) =>
    serverSentEvents(format).alertEvent(event, 7),
  );

  expect(dataOf(plain ?? '')).toEqual(event);
  expect(dataOf(enveloped ?? '')).toMatchObject({ specversion: '1.0', id: event.eventId, data: event });
  expect(enveloped).toMatch(/^id: 7\nevent: raised\ndata: .*\n\n$/);
});

test('a message on a socket is one JSON text', () => {
  expect(JSON.parse(socketMessages('plain').alertEvent(event, 7))).toEqual({
    id: 7,
    event: 'raised',
    data: event,
  });
  expect(JSON.parse(socketMessages('plain').note('gap', { from: 1, to: 2 }))).toEqual({
    event: 'gap',
    data: { from: 1, to: 2 },
  });
});
