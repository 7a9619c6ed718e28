import { tmpdir } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { runCommand } from './run-command.ts';

const node = process.execPath;
const optionsWith = (clock = new SimulatedClock(), signal = new AbortController().signal) => ({
  folder: tmpdir(),
  timeoutMs: 60_000,
  clock,
  signal,
});
const forEver = ['-e', 'setInterval(() => undefined, 1000)'];

describe('runCommand', () => {
  it('resolves when the program ends well', async () => {
    await expect(runCommand(node, ['-e', ''], optionsWith())).resolves.toBeUndefined();
  });

  it('tells the code and the end of what the program complained about', async () => {
    const script = "console.error('a'.repeat(5000)); console.error('no such package'); process.exitCode = 3";

    const attempt = runCommand(node, ['-e', script], optionsWith());

    await expect(attempt).rejects.toThrow(/ended with code 3: a{500,600} no such package$/);
  });

  it('names a program that is not installed', async () => {
    await expect(runCommand('no-such-program', [], optionsWith())).rejects.toThrow(
      /'no-such-program' cannot be run; is it installed/,
    );
  });

  it('ends a program that takes too long', async () => {
    const clock = new SimulatedClock();
    const attempt = expect(runCommand(node, forEver, optionsWith(clock))).rejects.toThrow(
      'took longer than 60 s',
    );

    await vi.waitFor(() => expect(clock.sleeping).toBe(1));
    await clock.advance(60_000);

    await attempt;
  });

  it('ends a program when it is told to stop, with the reason given', async () => {
    const stop = new AbortController();
    const clock = new SimulatedClock();
    const attempt = expect(runCommand(node, forEver, optionsWith(clock, stop.signal))).rejects.toThrow(
      'enough',
    );

    await vi.waitFor(() => expect(clock.sleeping).toBe(1));
    stop.abort(new DOMException('enough', 'AbortError'));

    await attempt;
  });
});
