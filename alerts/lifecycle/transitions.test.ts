import { describe, expect, it } from 'vitest';
import { type AlertState, alertStates } from '../../core/schema/alert.ts';
import { checkTransition, transitions } from './transitions.ts';

const isAllowed = (from: AlertState, to: AlertState): boolean => {
  try {
    checkTransition(from, to);
    return true;
  } catch {
    return false;
  }
};

describe('checkTransition', () => {
  it.each<[AlertState, AlertState[]]>([
    ['raised', ['acknowledged', 'falseAlarm', 'duplicate']],
    ['acknowledged', ['dispatched', 'resolved', 'falseAlarm', 'duplicate']],
    ['dispatched', ['onScene', 'resolved', 'falseAlarm', 'duplicate']],
    ['onScene', ['resolved', 'falseAlarm', 'duplicate']],
    ['resolved', ['reviewed']],
    ['falseAlarm', ['reviewed']],
    ['duplicate', ['reviewed']],
    ['reviewed', ['closed']],
    ['closed', []],
  ])('lets an alert that is %s become %j and nothing else', (from, allowed) => {
    expect(alertStates.filter((to) => isAllowed(from, to))).toEqual(allowed);
  });

  it('names what is allowed instead', () => {
    expect(() => checkTransition('raised', 'closed')).toThrow(
      expect.objectContaining({
        code: 'transition-illegal',
        kind: 'conflict',
        message:
          'an alert that is raised cannot become closed; it can go only to acknowledged, falseAlarm, duplicate',
        facts: { from: 'raised', to: 'closed', allowed: ['acknowledged', 'falseAlarm', 'duplicate'] },
      }),
    );
    expect(() => checkTransition('closed', 'raised')).toThrow(/it can go nowhere: it is closed/);
  });

  it('leads from every state to closed, never in a circle', () => {
    const longestWay = (state: AlertState, steps = 0): number => {
      if (steps > alertStates.length) throw new Error(`a circle through ${state}`);
      const next = transitions.get(state) ?? [];
      if (next.length === 0) return state === 'closed' ? steps : Number.NaN;
      return Math.max(...next.map((to) => longestWay(to, steps + 1)));
    };

    expect(longestWay('raised')).toBe(6);
  });
});
