import { describe, expect, it } from 'vitest';
import { scriptedAlert } from '../scripted-alert.ts';
import { byPriority, dueOf, type QueueAlert, toRows } from './open-list.ts';

const none: ReadonlySet<string> = new Set();
const idsOf = (alerts: readonly QueueAlert[]): number[] =>
  alerts.map(({ alertId }) => Number(alertId.slice(-4)));

describe('the order of the queue', () => {
  it('puts the severest first, then what is due first, then what has no deadline, then the oldest', () => {
    const alerts = [
      scriptedAlert(1, { severity: 'low', dueAt: 1 }),
      scriptedAlert(2, { severity: 'high' }),
      scriptedAlert(3, { severity: 'high', dueAt: 9000 }),
      scriptedAlert(4, { severity: 'high', nextDeadline: { step: 'acknowledge', dueAt: 4000 } }),
      scriptedAlert(5, { severity: 'urgent' }),
      scriptedAlert(6, { severity: 'high', raisedAt: 1 }),
    ];
    expect(idsOf(alerts.sort(byPriority))).toEqual([5, 4, 3, 6, 2, 1]);
  });

  it('is the same whatever order the alerts came in', () => {
    const seed = Math.floor(Math.random() * 1000);
    const alerts = Array.from({ length: 60 }, (_, index) =>
      scriptedAlert(index, {
        severity: (['urgent', 'high', 'medium', 'low'] as const)[(index * 7 + seed) % 4] ?? 'low',
        raisedAt: (index * 13 + seed) % 5,
        ...(index % 3 === 0 ? { dueAt: (index * seed) % 11 } : {}),
      }),
    );
    const turned = [...alerts.slice(seed % 60), ...alerts.slice(0, seed % 60)].reverse();
    expect(idsOf(turned.sort(byPriority)), `seed ${seed}`).toEqual(idsOf([...alerts].sort(byPriority)));
  });
});

describe('the rows of the queue', () => {
  it('leave out what was dealt with', () => {
    const states = [
      'raised',
      'acknowledged',
      'dispatched',
      'onScene',
      'resolved',
      'falseAlarm',
      'closed',
    ] as const;
    const rows = toRows(
      states.map((state, index) => scriptedAlert(index, { state })),
      none,
    );
    expect(rows.map(({ alert }) => alert.state)).toEqual(['raised', 'acknowledged', 'dispatched', 'onScene']);
  });

  it('make one row of an incident, at its most pressing alert, with how many there are', () => {
    const incidentId = scriptedAlert(1).alertId;
    const alerts = [
      scriptedAlert(1, { severity: 'low' }),
      scriptedAlert(2, { severity: 'urgent', incidentId }),
      scriptedAlert(3, { severity: 'medium', incidentId }),
      scriptedAlert(4),
    ];
    const rows = toRows(alerts, none);
    expect(rows.map(({ alert, count }) => [alert.severity, count])).toEqual([
      ['urgent', 3],
      ['high', 1],
    ]);
    const expanded = toRows(alerts, new Set([incidentId]));
    expect(expanded.map(({ alert, isMember }) => [alert.severity, isMember])).toEqual([
      ['urgent', false],
      ['medium', true],
      ['low', true],
      ['high', false],
    ]);
  });

  it('say what is due from whichever list told it, and nothing where no deadline is set', () => {
    expect(dueOf(scriptedAlert(1))).toBeUndefined();
    expect(dueOf(scriptedAlert(1, { dueAt: 5, due: 'onScene' }))).toEqual({ dueAt: 5, step: 'onScene' });
    expect(dueOf(scriptedAlert(1, { nextDeadline: { step: 'disposition', dueAt: 7 } }))).toEqual({
      dueAt: 7,
      step: 'disposition',
    });
  });
});
