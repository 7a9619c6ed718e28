import { setPriority } from 'node:os';
import { openApi } from './api/open-api-role.ts';
import type { Command } from './command.ts';
import { runRole } from './role.ts';

/** A report that takes all cores for some seconds takes no more of them from the detectors than they have themselves. */
const niceness = 5;

export const apiCommand: Command = {
  summary: 'run the API and the history (started by up)',
  options: new Map(),
  maxPositionals: 0,
  run: (invocation) => {
    setPriority(niceness);
    return runRole('api', 'api', invocation, (context) =>
      openApi(context, invocation.environment, ({ id, secret }) =>
        invocation.print(
          { event: 'firstUser', id, secret },
          `first user '${id}', password (shown once): ${secret}`,
        ),
      ),
    );
  },
};
