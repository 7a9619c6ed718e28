import { expect, test } from 'vitest';
import { measureNames, parseConsoleOptions } from './options.ts';

test('the hour is an hour with a sample each minute', () => {
  expect(parseConsoleOptions(['--hour'])).toMatchObject({ memorySeconds: 3600, everySeconds: 60 });
});

test('measures are taken in their own order, whatever order they are named in', () => {
  expect(parseConsoleOptions(['--only', 'memory,load'])?.measures).toEqual(['load', 'memory']);
  expect(parseConsoleOptions([])?.measures).toEqual(measureNames);
});

test('gives nothing when help is wanted', () => {
  expect(parseConsoleOptions(['--help'])).toBeUndefined();
});

test.each([[['--only', 'load,speed']], [['--short', '--hour']], [['--loud']]])('refuses %j', (args) => {
  expect(() => parseConsoleOptions(args)).toThrowError(
    expect.objectContaining({ code: 'bench-usage-invalid' }),
  );
});
