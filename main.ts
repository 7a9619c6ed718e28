#!/usr/bin/env node
import { type Command, formatHelp, parseArguments } from './commands/command.ts';
import { loadEnvironment } from './core/config/environment.ts';
import { toAppError } from './core/errors.ts';
import { createLogger, withoutSecrets } from './core/log.ts';
import { runtimeError } from './core/runtime/errors.ts';

/** The verbs, in the order in which a newcomer meets them. Each is loaded only when it is asked for. */
const verbs = new Map<string, () => Promise<Command>>([
  ['up', async () => (await import('./commands/up.ts')).upCommand],
  ['worker', async () => (await import('./commands/worker.ts')).workerCommand],
  ['alerts', async () => (await import('./commands/alerts.ts')).alertsCommand],
  ['api', async () => (await import('./commands/api.ts')).apiCommand],
  ['apply', async () => (await import('./commands/apply.ts')).applyCommand],
  ['diff', async () => (await import('./commands/diff.ts')).diffCommand],
  ['export', async () => (await import('./commands/export.ts')).exportCommand],
  ['explain', async () => (await import('./commands/explain.ts')).explainCommand],
  ['replay', async () => (await import('./commands/replay.ts')).replayCommand],
  ['eval', async () => (await import('./commands/eval.ts')).evalCommand],
  ['whatif', async () => (await import('./commands/whatif.ts')).whatifCommand],
  ['subscriber', async () => (await import('./commands/subscriber.ts')).subscriberCommand],
  ['audit', async () => (await import('./commands/audit.ts')).auditCommand],
  ['reconcile', async () => (await import('./commands/reconcile.ts')).reconcileCommand],
  ['models', async () => (await import('./commands/models.ts')).modelsCommand],
  ['doctor', async () => (await import('./commands/doctor.ts')).doctorCommand],
]);

const usage = async (): Promise<string> => {
  const rows = await Promise.all(
    [...verbs].map(async ([verb, load]) => `  ${verb.padEnd(10)} ${(await load()).summary}`),
  );
  return [
    'xueliang 雪亮: early warnings from the cameras a town already has',
    '',
    ...rows,
    '',
    'xueliang VERB --help says more',
  ].join('\n');
};

const run = async ([verb, ...args]: readonly string[], isJson: boolean): Promise<number> => {
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    process.stdout.write(`${await usage()}\n`);
    return verb === undefined ? 2 : 0;
  }
  const load = verbs.get(verb);
  if (!load)
    throw runtimeError(
      'usage-invalid',
      `there is no verb '${verb}'; the verbs are ${[...verbs.keys()].join(', ')}`,
    );
  const command = await load();
  const { values, positionals } = parseArguments(verb, command, args);
  if (values.get('help')) {
    process.stdout.write(`${formatHelp(verb, command)}\n`);
    return 0;
  }
  const environment = loadEnvironment(process.env);
  return command.run({
    values,
    positionals,
    environment,
    variables: process.env,
    log: createLogger({ level: environment.logLevel }),
    print: (result, text) => process.stdout.write(`${isJson ? JSON.stringify(result) : text}\n`),
    say: (line) => {
      if (!isJson) process.stdout.write(`${line}\n`);
    },
  });
};

/** What a half-opened role left running must not keep a process alive that has said its last word. */
const lastWordMs = 3000;

const args = process.argv.slice(2);
const isJson = args.includes('--json');
try {
  process.exitCode = await run(args, isJson);
} catch (thrown) {
  const { code, kind, message } = toAppError(thrown);
  const text = withoutSecrets(message);
  process.stderr.write(
    isJson ? `${JSON.stringify({ code, kind, message: text })}\n` : `xueliang: ${text} [${code}]\n`,
  );
  process.exitCode = kind === 'invalid' ? 2 : 1;
}
setTimeout(() => process.exit(), lastWordMs).unref();
