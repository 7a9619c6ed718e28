import path from 'node:path';
import { parsePort } from '../core/config/environment.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { listenForShutdown } from '../core/runtime/shutdown.ts';
import { takeSiteLock } from '../core/runtime/site-lock.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { openSiteBus } from './up/open-site-bus.ts';
import { prepareSite } from './up/prepare-site.ts';
import { awaitRoles, runRoles } from './up/run-roles.ts';

export const upCommand: Command = {
  summary: 'run a whole site on this machine: bus, workers, alerts, api',
  options: new Map([
    [
      'site',
      { type: 'string', placeholder: 'FILE', help: 'site file, applied only when nothing is configured yet' },
    ],
    ['data', { type: 'string', placeholder: 'FOLDER', help: "the site's folder (XUELIANG_DATA)" }],
    [
      'host',
      { type: 'string', placeholder: 'ADDRESS', help: 'address the API listens on (default 127.0.0.1)' },
    ],
    [
      'port',
      { type: 'string', placeholder: 'PORT', help: 'port of the API (default 8433; 0: any free one)' },
    ],
  ]),
  maxPositionals: 0,
  run: async (invocation) => {
    const environment = withOptions(invocation);
    const { log } = invocation;
    const clock = systemClock;
    const metrics = createMetrics();
    const shutdown = listenForShutdown();
    const lock = await takeSiteLock(environment.dataFolder, process.pid);
    try {
      const bus = await openSiteBus({ environment, clock, log, metrics, signal: shutdown.signal });
      try {
        const plan = await prepareSite({ ...invocation, environment }, bus.nats);
        const roles = runRoles(
          { environment, variables: invocation.variables, plan, bus, clock, log, metrics },
          shutdown.signal,
        );
        const ready = await awaitRoles({ bus, plan, clock, log, metrics }, shutdown.signal);
        if (ready) invocation.print({ event: 'ready', ...ready }, `api: ${ready.api}`);
        await roles;
      } finally {
        await bus.close();
      }
    } finally {
      await lock.release();
      shutdown.release();
    }
    return 0;
  },
};

const withOptions = ({ values, environment }: Invocation): Invocation['environment'] => {
  const port = textOption(values, 'port');
  const data = textOption(values, 'data');
  return {
    ...environment,
    ...(data === undefined ? {} : { dataFolder: path.resolve(data) }),
    apiHost: textOption(values, 'host') ?? environment.apiHost,
    apiPort: port === undefined ? environment.apiPort : parsePort(port, '--port'),
  };
};
