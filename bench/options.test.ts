import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('measures no longer than four minutes unless asked for the hour', () => {
    const options = parseOptions([]);

    const once = ['ours5', 'main', 'one', 'quiet'];
    const seconds = (options?.sides ?? []).map(
      (side) => (options?.seconds[side] ?? 0) * (once.includes(side) ? 1 : (options?.rounds ?? 0)),
    );
    expect(seconds.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(240);
    expect(parseOptions(['--long'])?.seconds.ours).toBe(3600);
  });

  it('asks in the short variant only for the targets, once', () => {
    const options = parseOptions(['--short']);

    expect(options?.sides).toEqual(['ours', 'quiet', 'motion', 'plain', 'limits']);
    expect(options?.rounds).toBe(1);
  });

  it('keeps the order of the sides, whatever order they are asked for in', () => {
    expect(parseOptions(['--only', 'motion, ours'])?.sides).toEqual(['ours', 'motion']);
  });

  it.each([
    [['--only', 'nobody']],
    [['--cameras', 'many']],
    [['--rounds', '0']],
    [['--what']],
    [['--short', '--long']],
  ])('refuses %j', (args) => {
    expect(() => parseOptions(args)).toThrowError(expect.objectContaining({ code: 'bench-usage-invalid' }));
  });

  it('gives nothing when help is asked for', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });
});
