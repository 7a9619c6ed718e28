import { expect, test } from 'vitest';
import { fromLocal, toLocal } from './local-time.ts';

test('a field shows the time of the site, wherever the browser stands', () => {
  expect(toLocal(Date.UTC(2026, 10, 28, 9, 30), 'Asia/Shanghai')).toBe('2026-11-28T17:30');
});

test('what a field says comes back as the same instant, also across a change of the clocks', () => {
  for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns']) {
    for (let at = Date.UTC(2026, 2, 28); at < Date.UTC(2026, 2, 30); at += 1_800_000)
      expect(toLocal(fromLocal(toLocal(at, zone), zone) ?? 0, zone), `${zone} ${at}`).toBe(toLocal(at, zone));
  }
});

test('what is no date is none', () => {
  expect(fromLocal('', 'Asia/Shanghai')).toBeUndefined();
});
