import { expect, test } from 'vitest';
import { foldAlerts } from '../../core/alert-fold.ts';
import { nextStatesOf } from '../../core/alert-steps.ts';
import { type AlertState, alertStates } from '../../core/schema/alert.ts';
import { laterEvent, messagesOf, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { checkStep, type WantedStep } from './step-rules.ts';

const raised = raisedAlert();

const alertIn = (state: AlertState) => {
  const step = laterEvent(raised, { type: 'transition', to: state, by: 'wang' });
  const events = state === 'raised' ? [raisedEvent(raised)] : [raisedEvent(raised), step];
  const alert = foldAlerts(messagesOf(events)).get(raised.alertId);
  if (!alert) throw new TypeError('no alert');
  return alert;
};
const whole = (to: AlertState): WantedStep => ({
  to,
  ...(to === 'falseAlarm' ? { reason: 'animal' as const } : {}),
  ...(to === 'duplicate' ? { duplicateOf: '01HZ0000000000000000000001' } : {}),
});
const pairs = alertStates.flatMap((from) => alertStates.map((to) => [from, to] as const));

test.each(pairs.filter(([from, to]) => nextStatesOf(from).includes(to)))('%s may become %s', (from, to) => {
  expect(() => checkStep(alertIn(from), { ...whole(to), from })).not.toThrow();
});

test.each(pairs.filter(([from, to]) => !nextStatesOf(from).includes(to)))(
  '%s may not become %s',
  (from, to) => {
    expect(() => checkStep(alertIn(from), { ...whole(to), from })).toThrow(
      expect.objectContaining({ code: 'step-illegal', facts: { state: from, allowed: nextStatesOf(from) } }),
    );
  },
);

test('who comes second is told by whom', () => {
  expect(() => checkStep(alertIn('acknowledged'), { to: 'acknowledged' })).toThrow(
    expect.objectContaining({
      code: 'alert-moved',
      message: expect.stringContaining('wang has already made it acknowledged'),
    }),
  );
  expect(() => checkStep(alertIn('acknowledged'), { to: 'dispatched', from: 'raised' })).toThrow(
    expect.objectContaining({ code: 'alert-moved', facts: expect.objectContaining({ by: 'wang' }) }),
  );
});

test('an alert can be sent to somebody else when it was dispatched already', () => {
  expect(() => checkStep(alertIn('dispatched'), { to: 'dispatched', responder: 'patrol-2' })).not.toThrow();
});

test.each<[string, WantedStep]>([
  ['a false alarm without its reason', { to: 'falseAlarm' }],
  ['a duplicate of nothing', { to: 'duplicate' }],
  ['a duplicate of itself', { to: 'duplicate', duplicateOf: raised.alertId }],
  ['a reason for something else', { to: 'resolved', reason: 'animal' }],
  ['a responder who is not sent', { to: 'acknowledged', responder: 'patrol-2' }],
])('refuses %s', (_, wanted) => {
  expect(() => checkStep(alertIn('raised'), wanted)).toThrow(
    expect.objectContaining({ code: 'request-invalid' }),
  );
});
