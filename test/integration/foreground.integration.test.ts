import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const foreground = fileURLToPath(new URL('../../deploy/set-up/foreground.py', import.meta.url));
const drains = fileURLToPath(new URL('../fixtures/drains.mjs', import.meta.url));
const ctrlC = '\x03';

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

describe('foreground.py', () => {
  let folder: string;
  let started: ChildProcessWithoutNullStreams[];

  const start = (command: string, args: string[]): ChildProcessWithoutNullStreams => {
    const child = spawn(command, args, {
      cwd: folder,
      detached: true,
      // These tests may run under make themselves; theirs is to be a make of its own.
      env: { ...process.env, SHELL: '/bin/bash', MAKELEVEL: '0', MAKEFLAGS: '', MFLAGS: '' },
    });
    started.push(child);
    return child;
  };

  /** A terminal of its own around a command, as util-linux gives one. */
  const inTerminal = (command: string) => start('script', ['-qec', command, '/dev/null']);

  /** Waits until the program runs, acts, and collects how it all ended. */
  const whenRunning = (child: ChildProcessWithoutNullStreams, act: () => void): Promise<Ended> =>
    new Promise((resolve) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        const before = output.includes('running');
        output += chunk.toString();
        if (!before && output.includes('running')) act();
      });
      child.once('close', (code, signal) => resolve({ code, signal, output }));
    });

  beforeEach(async () => {
    started = [];
    folder = await mkdtemp(join(tmpdir(), 'foreground-'));
    const run = (exitCode: number) =>
      `@exec /usr/bin/python3 ${foreground} ${process.execPath} ${drains} ${exitCode}`;
    await writeFile(join(folder, 'Makefile'), `demo:\n\t${run(0)}\nfails:\n\t${run(3)}\n`);
  });

  afterEach(async () => {
    for (const { pid, exitCode, signalCode } of started) {
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('makes make exit 0 when the program drains on Ctrl-C in a terminal', async () => {
    const terminal = inTerminal('make demo');

    const ended = await whenRunning(terminal, () => terminal.stdin.write(ctrlC));

    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('told 1') });
  });

  it('leaves the rest of a pipe alone on Ctrl-C, and make exits 0', async () => {
    const terminal = inTerminal('make demo | cat; exit $(( PIPESTATUS[0] * 10 + PIPESTATUS[1] ))');

    const ended = await whenRunning(terminal, () => terminal.stdin.write(ctrlC));

    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('told 1') });
  });

  it("fails with the program's own failure", async () => {
    const terminal = inTerminal('make fails');

    const ended = await whenRunning(terminal, () => terminal.stdin.write(ctrlC));

    expect(ended).toMatchObject({ code: 2, output: expect.stringContaining('Error 3') });
  });

  it('tells the program once when a whole group without a terminal is interrupted', async () => {
    const make = start('make', ['demo']);

    const ended = await whenRunning(make, () => process.kill(-(make.pid ?? 0), 'SIGINT'));

    expect(ended).toMatchObject({ signal: 'SIGINT', output: 'running\ntold 1\n' });
  });

  it('lets the program drain when make alone is interrupted', async () => {
    const make = start('make', ['demo']);

    const ended = await whenRunning(make, () => make.kill('SIGINT'));

    expect(ended).toMatchObject({ signal: 'SIGINT', output: 'running\ntold 1\n' });
  });

  it('exits 0 itself when it is interrupted without a make above it', async () => {
    const wrapper = start('/usr/bin/python3', [foreground, process.execPath, drains]);

    const ended = await whenRunning(wrapper, () => wrapper.kill('SIGINT'));

    expect(ended).toMatchObject({ code: 0, output: 'running\ntold 1\n' });
  });

  it('says what cannot be started', async () => {
    const wrapper = start('/usr/bin/python3', [foreground, 'no-such-program']);

    await expect(whenRunning(wrapper, () => {})).resolves.toMatchObject({ code: 127 });
  });
});
