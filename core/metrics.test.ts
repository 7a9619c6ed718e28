import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('puts what all samples share on every one of them', async () => {
  const metrics = createMetrics({ role: 'worker' });
  metrics.count('xueliang_x_total', 'X', { reason: 'quiet' }, 2);
  metrics.gauge('xueliang_y', 'Y', 1);

  const text = await metrics.text();

  expect(text).toContain('xueliang_x_total{reason="quiet",role="worker"} 2');
  expect(text).toContain('xueliang_y{role="worker"} 1');
});

test('keeps no global registry: two stay apart', async () => {
  const one = createMetrics();
  const two = createMetrics();
  one.count('xueliang_x_total', 'X');

  expect(await two.text()).not.toContain('xueliang_x_total');
});
