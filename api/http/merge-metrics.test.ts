import { expect, test } from 'vitest';
import { mergeMetrics } from './merge-metrics.ts';

const textOf = (role: string, value: number): string =>
  `# HELP xueliang_a_total What a is.\n# TYPE xueliang_a_total counter\nxueliang_a_total{role="${role}"} ${value}\n\n`;

test('each family is described once and its samples stand together', () => {
  const only = '# HELP b B.\n# TYPE b gauge\nb{role="x"} 1\n';

  expect(mergeMetrics([textOf('worker', 1) + only, textOf('api', 2)])).toBe(
    [
      '# HELP xueliang_a_total What a is.',
      '# TYPE xueliang_a_total counter',
      'xueliang_a_total{role="worker"} 1',
      'xueliang_a_total{role="api"} 2',
      '# HELP b B.',
      '# TYPE b gauge',
      'b{role="x"} 1',
      '',
    ].join('\n'),
  );
});

test('a process that is there twice is told of once, as its first text has it', () => {
  expect(mergeMetrics([textOf('api', 1), textOf('worker', 2), textOf('api', 3)])).toBe(
    [
      '# HELP xueliang_a_total What a is.',
      '# TYPE xueliang_a_total counter',
      'xueliang_a_total{role="api"} 1',
      'xueliang_a_total{role="worker"} 2',
      '',
    ].join('\n'),
  );
});
