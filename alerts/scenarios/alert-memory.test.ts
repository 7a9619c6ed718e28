import { expect, test } from 'vitest';
import { intrusionWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { AlertMemory, type ToldAlert } from './alert-memory.ts';

const facts = { label: 'person' as const, count: 1, dwellMs: 5000, limitDwellMs: 5000 };

/** Over since `heldOn`. */
const over = (heldOn: number): ToldAlert => ({
  key: 'gate',
  situation: { alertId: `over-${heldOn}`, place: '431103110201', startedAt: 0, heldUntil: heldOn },
  ...{ facts, latest: facts, resumptions: 0, updates: 0, isQuiet: false },
  ...{ heldOn, toldOn: heldOn, resumedOn: Number.NEGATIVE_INFINITY },
});

test('what ended too long ago to begin again is forgotten, the rest is not', () => {
  const memory = new AlertMemory();
  const taken = () =>
    memory.take(intrusionWith({ coolDown: '1h' }), 'gate', 3000, undefined)?.situation.alertId;
  for (const heldOn of [1000, 2000]) memory.keepOver(over(heldOn));
  memory.forget(2000);

  expect([taken(), taken()]).toEqual(['over-2000', undefined]);
});
