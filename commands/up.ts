import path from 'node:path';
import { parsePort } from '../core/config/environment.ts';
import { readSite } from '../core/config/read-site.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { requireFreePort } from '../core/runtime/free-port.ts';
import { listenForShutdown } from '../core/runtime/shutdown.ts';
import { takeSiteLock } from '../core/runtime/site-lock.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { openFeeds } from './up/open-feeds.ts';
import { openSiteBus } from './up/open-site-bus.ts';
import { prepareModel } from './up/prepare-model.ts';
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
  run: async (given) => {
    const invocation = { ...given, environment: withOptions(given) };
    const { environment, log, variables } = invocation;
    const file = textOption(given.values, 'site');
    const wanted = file === undefined ? undefined : { file, site: await readSite(file) };
    const shutdown = listenForShutdown();
    const lock = await takeSiteLock(environment.dataFolder, process.pid);
    const deps = { clock: systemClock, log, metrics: createMetrics() };
    try {
      await requireFreePort(environment.apiHost, environment.apiPort);
      const siteBus = await openSiteBus({ environment, ...deps });
      try {
        const plan = await prepareSite(invocation, siteBus.bus.nats, wanted);
        await prepareModel(invocation, plan.site, shutdown.signal);
        const feeds = await openFeeds({ siteBus, ...deps });
        const roles = runRoles(
          { environment, variables, plan, address: siteBus.address, ...deps },
          shutdown.signal,
        );
        const ready = await awaitRoles({ plan, bus: siteBus.bus, ...deps }, shutdown.signal);
        if (ready) invocation.print({ event: 'ready', ...ready }, `api: ${ready.api}`);
        await roles.finally(() => feeds.close());
      } finally {
        await siteBus.close();
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
