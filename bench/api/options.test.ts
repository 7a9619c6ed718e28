import { describe, expect, it } from 'vitest';
import { parseApiOptions } from './options.ts';

describe('parseApiOptions', () => {
  it('asks ten million alerts, or a hundred thousand in the short variant', () => {
    expect(parseApiOptions([])).toMatchObject({ alerts: 10_000_000, seconds: 30 });
    expect(parseApiOptions(['--short'])).toMatchObject({ alerts: 100_000, seconds: 5 });
  });

  it('lets what is given rule over the variant', () => {
    expect(parseApiOptions(['--short', '--alerts', '7', '--seconds', '2'])).toMatchObject({
      alerts: 7,
      seconds: 2,
    });
  });

  it('gives nothing when help is wanted', () => {
    expect(parseApiOptions(['--help'])).toBeUndefined();
  });

  it.each([[['--alerts', '1.5']], [['--seconds', '0']], [['--tracks', 'many']], [['--loud']]])(
    'refuses %j',
    (args) => {
      expect(() => parseApiOptions(args)).toThrowError(
        expect.objectContaining({ code: 'bench-usage-invalid' }),
      );
    },
  );
});
