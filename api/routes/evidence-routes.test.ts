import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/schema/alert.ts';
import {
  laterEvent,
  messagesOf,
  otherTownship,
  raisedAlert,
  raisedEvent,
  readySnapshot,
} from '../../test/fixtures/api/alert-events.ts';
import { testApi } from '../../test/fixtures/api/test-api.ts';

const bytes = Buffer.from('0123456789');
const alert = raisedAlert();
const url = `/api/v1/alerts/${alert.alertId}/snapshot`;

const withEvents = async (...later: AlertEvent[]) => {
  const api = testApi();
  await api.history.writeAlertEvents(messagesOf([raisedEvent(alert), ...later]));
  api.evidence.files.set(`${alert.alertId}.snapshot`, bytes);
  const get = (headers: Record<string, string> = {}) => api.app.inject({ url, headers });
  return { ...api, get };
};

test('a snapshot is downloaded whole, for its owner alone and as what it is', async () => {
  const { get } = await withEvents(readySnapshot(alert));

  const answer = await get();

  expect([answer.statusCode, answer.body]).toEqual([200, '0123456789']);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': '10',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    etag: `"${'a'.repeat(64)}"`,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-disposition': `inline; filename="${alert.alertId}.jpg"`,
  });
});

test('a range is answered with that range', async () => {
  const { get } = await withEvents(readySnapshot(alert));

  const answer = await get({ range: 'bytes=2-4' });

  expect([answer.statusCode, answer.body]).toEqual([206, '234']);
  expect(answer.headers).toMatchObject({ 'content-range': 'bytes 2-4/10', 'content-length': '3' });
});

test('a range beyond the end is refused with the size', async () => {
  const { get } = await withEvents(readySnapshot(alert));

  const answer = await get({ range: 'bytes=10-' });

  expect([answer.statusCode, answer.json().code]).toEqual([416, 'range-unsatisfiable']);
  expect(answer.headers['content-range']).toBe('bytes */10');
});

test('a range of another version is answered with all of this one', async () => {
  const { get } = await withEvents(readySnapshot(alert));

  expect((await get({ range: 'bytes=2-4', 'if-range': '"other"' })).statusCode).toBe(200);
  expect((await get({ range: 'bytes=2-4', 'if-range': `"${'a'.repeat(64)}"` })).statusCode).toBe(206);
});

test('what the asker has already is not sent again', async () => {
  const { get, evidence } = await withEvents(readySnapshot(alert));

  const answer = await get({ 'if-none-match': `"x", W/"${'a'.repeat(64)}"` });

  expect([answer.statusCode, answer.body]).toEqual([304, '']);
  expect(evidence.opened).toEqual([]);
});

test('a medium that is not there yet, or never will be, is told apart from one that was deleted', async () => {
  const missing = laterEvent(alert, { type: 'mediaMissing', medium: 'snapshot', reason: 'no frame' });
  const deleted = laterEvent(alert, { type: 'mediaDeleted', medium: 'snapshot', reason: 'retention' });
  const answers = await Promise.all(
    [[], [missing], [readySnapshot(alert), deleted]].map(async (later) => (await withEvents(...later)).get()),
  );

  expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
    [404, 'evidence-pending'],
    [404, 'evidence-missing'],
    [410, 'evidence-deleted'],
  ]);
  expect(answers.map((answer) => answer.headers.etag)).toEqual([undefined, undefined, undefined]);
});

test('a file that is gone, or goes while it is opened, is deleted', async () => {
  const { get, evidence } = await withEvents(readySnapshot(alert));
  evidence.breaksOnRead = true;
  const going = await get();
  evidence.files.clear();
  const gone = await get();

  for (const answer of [going, gone]) {
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'evidence-deleted']);
    expect(answer.headers).not.toHaveProperty('etag');
  }
});

test('regression: pictures of another ground are not there, and are not even looked for (ZoneMinder CVE-2026-54258)', async () => {
  const { app, history, evidence } = testApi();
  const foreign = raisedAlert({ place: otherTownship });
  await history.writeAlertEvents(messagesOf([raisedEvent(foreign), readySnapshot(foreign)]));
  evidence.files.set(`${foreign.alertId}.snapshot`, bytes);

  for (const medium of ['snapshot', 'clip']) {
    const answer = await app.inject(`/api/v1/alerts/${foreign.alertId}/${medium}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'alert-unknown']);
  }
  expect(evidence.opened).toEqual([]);
});

test.each(['..%2f..%2f..%2fetc%2fpasswd', '%2e%2e', '..%5c..%5csecret', '%00', 'constructor'])(
  'regression: %s reaches no file (path traversal by snapshot name)',
  async (id) => {
    const { app, evidence } = testApi();

    const answer = await app.inject(`/api/v1/alerts/${id}/snapshot`);

    expect([400, 404]).toContain(answer.statusCode);
    expect(evidence.opened).toEqual([]);
  },
);
