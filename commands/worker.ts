import { runtimeError } from '../core/runtime/errors.ts';
import { type Command, textOption } from './command.ts';
import { runRole } from './role.ts';
import { openWorker } from './worker/open-worker.ts';

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const workerCommand: Command = {
  summary: 'run one worker: cameras, detection, scenarios (started by up)',
  options: new Map([
    [
      'id',
      {
        type: 'string',
        placeholder: 'ID',
        help: 'its name, of its own in the whole site (default worker-1)',
      },
    ],
  ]),
  maxPositionals: 0,
  run: (invocation) => {
    const id = textOption(invocation.values, 'id') ?? 'worker-1';
    if (!idPattern.test(id))
      throw runtimeError('usage-invalid', `'${id}' is no worker id; write letters, digits, hyphens`);
    return runRole('worker', id, invocation, (context) => openWorker(context, invocation));
  },
};
