import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertEvent } from '../../../core/schema/alert.ts';
import { alerts, loadQueue, rows, takeAlert, takeEvent } from './queue-store.ts';
import { scriptedAlert } from './scripted-alert.ts';

const step = (alertId: string, to: 'acknowledged' | 'resolved'): AlertEvent => ({
  ...{ schemaVersion: 1, eventId: `${alertId}.step`, alertId, cameraId: 'gate-1', place: '431103110201' },
  ...{ at: 2000, type: 'transition', to, by: 'wang' },
});

beforeEach(() => {
  alerts.value = new Map();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the queue', () => {
  it('shows what another operator did as soon as it is told, and drops the deadline that it met', () => {
    const alert = scriptedAlert(1, { dueAt: 5000, due: 'acknowledge' });
    takeAlert(alert);
    takeEvent(step(alert.alertId, 'acknowledged'), 9);
    const [row] = rows.value;
    expect(row?.alert).toMatchObject({ state: 'acknowledged', lastSequence: 9 });
    expect(row?.alert.steps.at(-1)).toMatchObject({ by: 'wang' });
    expect(row?.alert.dueAt).toBeUndefined();
  });

  it('loses an alert that was dealt with, but still knows it', () => {
    const alert = scriptedAlert(1);
    takeAlert(alert);
    takeEvent(step(alert.alertId, 'resolved'), 9);
    expect(rows.value).toEqual([]);
    expect(alerts.value.get(alert.alertId)?.state).toBe('resolved');
  });

  it('is not taken back by an answer that is older than what it knows', () => {
    takeAlert(scriptedAlert(1, { state: 'acknowledged', lastSequence: 9 }));
    takeAlert(scriptedAlert(1, { lastSequence: 3 }));
    expect([...alerts.value.values()][0]?.state).toBe('acknowledged');
  });

  it('takes an event twice as once', () => {
    const alert = scriptedAlert(1);
    takeAlert(alert);
    takeEvent(step(alert.alertId, 'acknowledged'), 9);
    const before = alerts.value;
    takeEvent(step(alert.alertId, 'acknowledged'), 9);
    expect(alerts.value).toBe(before);
  });

  it('asks for the list with deadlines, and for the plain one where there is none', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (address: string) => {
      asked.push(address);
      if (address.startsWith('/api/v1/alerts/open')) {
        const body = { code: 'request-invalid', kind: 'invalid', message: '', requestId: '' };
        return Promise.resolve(new Response(JSON.stringify(body), { status: 400 }));
      }
      return Promise.resolve(new Response(JSON.stringify({ items: [scriptedAlert(4)] })));
    });
    await loadQueue();
    expect(asked).toEqual([
      '/api/v1/alerts/open?limit=500',
      '/api/v1/alerts?state=raised&state=acknowledged&state=dispatched&state=onScene&limit=500',
    ]);
    expect(rows.value).toHaveLength(1);
  });

  it('forgets what the list no longer has, unless it is too young for the history', async () => {
    takeAlert(scriptedAlert(1, { raisedAt: Date.now() - 60_000 }));
    takeAlert(scriptedAlert(2, { raisedAt: Date.now() }));
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"items":[]}')));
    await loadQueue();
    expect(rows.value.map(({ alert }) => alert.alertId)).toEqual([scriptedAlert(2).alertId]);
  });
});
