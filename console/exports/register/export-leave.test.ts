import { expect, test } from 'vitest';
import { exportStates } from '../../../core/schema/export.ts';
import { leaveFor } from './export-leave.ts';

const wang = { id: 'wang', mayApprove: true };
const doable = (by: string, who: typeof wang) =>
  exportStates.flatMap((state) => {
    const leave = leaveFor({ by, state }, who);
    return Object.entries(leave).flatMap(([what, is]) => (is ? [`${what} ${state}`] : []));
  });

test('nobody is offered to answer what they asked for themselves', () => {
  expect(doable('wang', wang)).toEqual(['withdraw asked', 'withdraw approved', 'fetch approved']);
});

test('what another asked for is answered while it waits, by whoever may approve', () => {
  expect(doable('li', wang)).toEqual(['answer asked']);
  expect(doable('li', { ...wang, mayApprove: false })).toEqual([]);
});
