import { expect, test } from 'vitest';
import { createMetrics, mergeMetricTexts } from './metrics.ts';

test('joins the texts of several processes, describing each metric once', async () => {
  const worker = createMetrics({ role: 'worker' });
  const api = createMetrics({ role: 'api' });
  worker.count('xueliang_x_total', 'X', { reason: 'quiet' }, 2);
  api.count('xueliang_x_total', 'X', { reason: 'quiet' });
  api.gauge('xueliang_y', 'Y', 1);

  const text = mergeMetricTexts([await worker.text(), await api.text()]);

  expect(text.match(/# HELP xueliang_x_total/g)).toHaveLength(1);
  expect(text).toContain('xueliang_x_total{reason="quiet",role="worker"} 2');
  expect(text).toContain('xueliang_x_total{reason="quiet",role="api"} 1');
  expect(text).toContain('xueliang_y{role="api"} 1');
});

test('keeps no global registry: two stay apart', async () => {
  const one = createMetrics();
  const two = createMetrics();
  one.count('xueliang_x_total', 'X');

  expect(await two.text()).not.toContain('xueliang_x_total');
});
