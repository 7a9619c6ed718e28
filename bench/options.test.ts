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

  it('leaves a good minute of the short variant’s three for starting and ending', () => {
    const options = parseOptions(['--short']);
    if (!options) throw new Error('no options');
    const { sides, seconds, settleSeconds, watchOnSeconds } = options;

    const limits = 3; // receiving, decoding and inferring, one after the other
    const windows = sides.map((side) => seconds[side] * (side === 'limits' ? limits : 1));
    const settling = Object.values(settleSeconds);
    const total = [...windows, ...settling, watchOnSeconds].reduce((sum, value) => sum + value, 0);

    expect(total).toBeLessThanOrEqual(105);
  });

  it('measures a quiet camera after longer than it takes to learn what is always there', () => {
    const twentyLooks = 20 * 15;

    expect(parseOptions([])?.settleSeconds.quiet).toBeGreaterThan(twentyLooks);
    expect(parseOptions(['--long'])?.settleSeconds.quiet).toBeGreaterThan(twentyLooks);
  });

  it('lets a town settle for as long as is asked for, and nothing else', () => {
    const usual = parseOptions(['--long'])?.settleSeconds;

    expect(parseOptions(['--long', '--settle', '2400'])?.settleSeconds).toEqual({ ...usual, town: 2400 });
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
