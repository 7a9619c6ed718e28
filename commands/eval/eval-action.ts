import type { Command } from '../command.ts';

/** One thing that `eval` measures, named by its first argument. */
export interface EvalAction extends Pick<Command, 'summary' | 'options'> {
  /** What stands behind its name. */
  arguments: string;
  run(positionals: readonly string[], invocation: Parameters<Command['run']>[0]): Promise<number>;
}
