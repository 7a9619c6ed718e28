import { openApi } from './api/open-api-role.ts';
import type { Command } from './command.ts';
import { runRole } from './role.ts';

export const apiCommand: Command = {
  summary: 'run the API and the history (started by up)',
  options: new Map(),
  maxPositionals: 0,
  run: (invocation) =>
    runRole('api', 'api', invocation, (context) =>
      openApi(context, invocation.environment, ({ id, secret }) =>
        invocation.print(
          { event: 'firstUser', id, secret },
          `first user '${id}', password (shown once): ${secret}`,
        ),
      ),
    ),
};
