import { expect, it } from 'vitest';
import { triedSettings } from './tried-settings.ts';

it('tries what is set otherwise, and takes out what is gone', () => {
  const base = { id: 'a', name: 'a', dwell: '2s', clearAfter: '8s', limit: { count: 2 } };
  const draft = { id: 'a', name: 'b', dwell: '5s', limit: { count: 3 } };
  expect(triedSettings(base, draft)).toEqual({ dwell: '5s', clearAfter: null, 'limit.count': 3 });
});
