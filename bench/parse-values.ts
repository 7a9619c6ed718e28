import { type ParseArgsConfig, parseArgs } from 'node:util';
import { benchError } from './errors.ts';

/** What stands on a command line of the benchmark. Throws `bench-usage-invalid`, with the usage. */
export const parseValues = <Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
) => {
  try {
    return parseArgs({ args: [...args], strict: true, options }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw benchError('bench-usage-invalid', `${reason}\n\n${usage}`, { cause });
  }
};
