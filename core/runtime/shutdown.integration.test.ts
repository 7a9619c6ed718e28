import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';

const module = path.join(import.meta.dirname, 'shutdown.ts');
const program = `
import { listenForShutdown } from ${JSON.stringify(module)};
const { signal } = listenForShutdown({ endsWithParent: true });
const staying = setInterval(() => undefined, 1000);
signal.addEventListener('abort', () => { clearInterval(staying); console.log('stopped'); });
setTimeout(() => console.log(signal.aborted ? 'aborted' : 'running'), 300);
`;
let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));

const start = (stdin: 'ignore' | 'pipe') => {
  const stdio: StdioOptions = [stdin, 'pipe', 'inherit'];
  const started = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio,
  });
  child = started;
  let said = '';
  started.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return { started, exited: once(started, 'exit'), said: () => said };
};

test('regression: a role whose standard input is /dev/null runs until it is told to stop', async () => {
  const { started, exited, said } = start('ignore');
  await expect.poll(said, { timeout: 20_000 }).toContain('running');
  started.kill('SIGTERM');

  expect(await exited).toEqual([0, null]);
  expect(said()).toContain('stopped');
});

test('a role stops when the pipe to its parent ends', async () => {
  const { started, exited, said } = start('pipe');
  await expect.poll(said, { timeout: 20_000 }).toContain('running');
  started.stdin?.end();

  expect(await exited).toEqual([0, null]);
  expect(said()).toContain('stopped');
});
