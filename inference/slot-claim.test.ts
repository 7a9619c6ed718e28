import { expect, test } from 'vitest';
import { SlotClaim } from './slot-claim.ts';

test('is granted once, on whichever side asks first', () => {
  const owner = new SlotClaim();
  const thread = new SlotClaim(owner.buffer);
  expect(owner.claim()).toBe(false);

  owner.hold();
  expect([thread.claim(), owner.claim(), thread.claim()]).toEqual([true, false, false]);

  owner.hold();
  expect([owner.claim(), thread.claim()]).toEqual([true, false]);
});
