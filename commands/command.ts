import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Environment } from '../core/config/environment.ts';
import type { Logger } from '../core/log.ts';
import { runtimeError } from '../core/runtime/errors.ts';

type OptionConfig = NonNullable<ParseArgsConfig['options']>[string];

/** An option of a verb, with the words `--help` shows. */
export type CommandOption = OptionConfig & { help: string; placeholder?: string };

/** Several when the option may be given more than once. */
export type OptionValue = string | boolean | readonly string[];

export interface Invocation {
  /** Options by long name, after parsing. */
  values: ReadonlyMap<string, OptionValue>;
  positionals: readonly string[];
  environment: Environment;
  /** The raw variables, for the few that have a name of their own (cameras' credentials). */
  variables: Readonly<Record<string, string | undefined>>;
  log: Logger;
  /** Prints the result: the object with `--json`, else the text. */
  print: (result: unknown, text: string) => void;
  /** Prints a passing line for a person; silent with `--json`. */
  say: (line: string) => void;
}

export interface Command {
  summary: string;
  /** Behind the verb in the usage line. */
  arguments?: string;
  options: ReadonlyMap<string, CommandOption>;
  /** How many positional arguments it takes at most. */
  maxPositionals: number;
  /** Resolves to the exit code. */
  run(invocation: Invocation): Promise<number>;
}

const common = new Map<string, CommandOption>([
  ['json', { type: 'boolean', help: 'print one JSON document instead of text' }],
  ['help', { type: 'boolean', short: 'h', help: 'show this help' }],
]);

/** Splits a verb's arguments. Throws `usage-invalid` naming what it does not know. */
export const parseArguments = (
  verb: string,
  command: Command,
  args: readonly string[],
): { values: Map<string, OptionValue>; positionals: string[] } => {
  const options = Object.fromEntries(
    [...command.options, ...common].map(([name, { type, short, multiple = false }]) => [
      name,
      short ? { type, short, multiple } : { type, multiple },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const extra = positionals[command.maxPositionals];
    if (extra !== undefined) throw new Error(`unexpected argument '${extra}'`);
    return { values: new Map(Object.entries(values) as [string, OptionValue][]), positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw runtimeError('usage-invalid', `${reason}; see xueliang ${verb} --help`, { cause: error });
  }
};

export const formatHelp = (verb: string, command: Command): string => {
  const rows = [...command.options, ...common].map(([name, { short, type, placeholder, help }]) => [
    `${short ? `-${short}, ` : '    '}--${name}${type === 'string' ? ` ${placeholder ?? 'VALUE'}` : ''}`,
    help,
  ]);
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return [
    `xueliang ${verb}: ${command.summary}`,
    '',
    `Usage: xueliang ${verb} [options]${command.arguments ? ` ${command.arguments}` : ''}`,
    '',
    ...rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join('\n');
};

/** A string option's value, when it was given. */
export const textOption = (values: Invocation['values'], name: string): string | undefined => {
  const value = values.get(name);
  return typeof value === 'string' ? value : undefined;
};

/** The values of an option that may be given more than once. */
export const textsOption = (values: Invocation['values'], name: string): readonly string[] => {
  const value = values.get(name);
  return typeof value === 'object' ? value : [];
};
