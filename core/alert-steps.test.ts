import { expect, test } from 'vitest';
import { isPending, nextStatesOf } from './alert-steps.ts';
import { type AlertState, alertStates } from './schema/alert.ts';

const reachable = (from: AlertState): Set<AlertState> => {
  const found = new Set<AlertState>([from]);
  for (const state of found) for (const next of nextStatesOf(state)) found.add(next);
  return found;
};

test('every state can be reached from raised', () => {
  expect([...reachable('raised')].sort()).toEqual([...alertStates].sort());
});

test('every state leads to closed, and closed leads nowhere', () => {
  expect(alertStates.filter((state) => !reachable(state).has('closed'))).toEqual([]);
  expect(nextStatesOf('closed')).toEqual([]);
});

test('nothing is closed that was not reviewed', () => {
  expect(alertStates.filter((state) => nextStatesOf(state).includes('closed'))).toEqual(['reviewed']);
});

test('what is pending is what nobody has dealt with', () => {
  expect(alertStates.filter((state) => isPending({ state }))).toEqual([
    'raised',
    'acknowledged',
    'dispatched',
    'onScene',
  ]);
});
