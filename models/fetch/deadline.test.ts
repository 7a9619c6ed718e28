import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { within } from './deadline.ts';

const deps = () => ({ clock: new SimulatedClock(), signal: new AbortController().signal });

describe('within', () => {
  it('aborts and rejects what takes too long, whether it notices or not', async () => {
    const { clock, signal } = deps();
    let heard: AbortSignal | undefined;
    const waiting = within(5000, 'asking', { clock, signal }, (inner) => {
      heard = inner;
      return new Promise<never>(() => undefined);
    });
    const rejection = expect(waiting).rejects.toThrow('asking took longer than 5 s');

    await clock.advance(5000);

    await rejection;
    expect(heard?.aborted).toBe(true);
  });

  it('leaves the signal of work that was in time alone, and no sleeper behind', async () => {
    const { clock, signal } = deps();

    const inner = await within(5000, 'asking', { clock, signal }, async (given) => given);
    await clock.advance(10_000);

    expect(inner.aborted).toBe(false);
    expect(clock.sleeping).toBe(0);
  });

  it('hands on an abort from outside', async () => {
    const { clock } = deps();
    const outer = new AbortController();

    const inner = await within(5000, 'asking', { clock, signal: outer.signal }, async (given) => given);
    outer.abort();

    expect(inner.aborted).toBe(true);
  });
});
