import { runtimeError } from '../core/runtime/errors.ts';
import type { Command } from './command.ts';
import { detectionAction } from './eval/detection.ts';
import type { EvalAction } from './eval/eval-action.ts';
import { scenariosAction } from './eval/scenarios.ts';
import { sweepAction } from './eval/sweep.ts';
import { trackingAction } from './eval/tracking.ts';

const actions: ReadonlyMap<string, EvalAction> = new Map([
  ['detection', detectionAction],
  ['tracking', trackingAction],
  ['scenarios', scenariosAction],
  ['sweep', sweepAction],
]);

/** A sweep's folders, one a camera. */
const maxFolders = 64;

export const evalCommand: Command = {
  summary: 'measure detection, tracking and scenarios against what is known to be true',
  arguments: [...actions].map(([name, action]) => `${name} ${action.arguments}`).join(' | '),
  options: new Map([...actions.values()].flatMap(({ options }) => [...options])),
  maxPositionals: 1 + maxFolders,
  run: (invocation) => {
    const [name = '', ...positionals] = invocation.positionals;
    const action = actions.get(name);
    if (action) return action.run(positionals, invocation);
    throw runtimeError(
      'usage-invalid',
      `eval does not know '${name}'; write one of ${[...actions.keys()].join(', ')}`,
    );
  },
};
